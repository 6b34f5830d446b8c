package io.byteport.sim.kubernetes.scenario;

/** Where a container's environment comes from. */
public sealed interface EnvSpec {
  /** A variable with a value of its own. */
  record Value(String name, String value) implements EnvSpec {}

  /** A variable from one key of a Secret. */
  record SecretKey(String name, String secret, String key) implements EnvSpec {}

  /** A variable from one key of a ConfigMap. */
  record ConfigMapKey(String name, String configMap, String key) implements EnvSpec {}

  /** All keys of a Secret. */
  record AllOfSecret(String secret) implements EnvSpec {}

  /** All keys of a ConfigMap. */
  record AllOfConfigMap(String configMap) implements EnvSpec {}
}
