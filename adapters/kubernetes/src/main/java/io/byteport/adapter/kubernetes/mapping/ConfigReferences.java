package io.byteport.adapter.kubernetes.mapping;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ConfigMaps and Secrets that a pod refers to, by kind and name with a slash between.
 *
 * @param all optional ones included
 * @param required those without which its containers do not start
 */
public record ConfigReferences(Set<String> all, Set<String> required) {
  public static final String CONFIG_MAP = "configmap/";
  public static final String SECRET = "secret/";

  /** The kubelet: couldn't find key LOG_LEVEL in ConfigMap production/settings. */
  private static final Pattern MISSING_KEY =
      Pattern.compile(
          "couldn't find key ([^\\s\"]{1,253}) in (ConfigMap|Secret)"
              + " [^\\s/]{1,63}/([^\\s\"]{1,253})");

  public ConfigReferences {
    all = Set.copyOf(all);
    required = Set.copyOf(required);
  }

  public static ConfigReferences of(PodSpec spec) {
    Collector found = new Collector();
    for (Container container : Containers.declared(spec)) {
      container.getEnv().forEach(found::env);
      container.getEnvFrom().forEach(found::envFrom);
    }
    spec.getVolumes().forEach(found::volume);
    // A missing pull secret alone does not keep a container from starting.
    for (LocalObjectReference one : spec.getImagePullSecrets()) {
      found.add(SECRET, one.getName(), true);
    }
    return new ConfigReferences(found.all, found.required);
  }

  /** Whether there are any of that kind. */
  public boolean needs(String kind) {
    return all.stream().anyMatch(one -> one.startsWith(kind));
  }

  /**
   * The key that a message of the kubelet says is missing, or empty where it says nothing of the
   * kind.
   */
  public Optional<String> missingKey(@Nullable String message) {
    if (message == null) {
      return Optional.empty();
    }
    Matcher matcher = MISSING_KEY.matcher(message);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String kind = matcher.group(2).equals("Secret") ? SECRET : CONFIG_MAP;
    return Optional.of(kind + matcher.group(3) + "." + matcher.group(1));
  }

  /** What has been found so far. */
  private static final class Collector {
    private final Set<String> all = new TreeSet<>();
    private final Set<String> required = new TreeSet<>();

    void add(String kind, @Nullable String name, @Nullable Boolean optional) {
      if (name != null && !name.isEmpty()) {
        all.add(kind + name);
        if (!Boolean.TRUE.equals(optional)) {
          required.add(kind + name);
        }
      }
    }

    void env(EnvVar variable) {
      if (variable.getValueFrom() == null) {
        return;
      }
      var configMap = variable.getValueFrom().getConfigMapKeyRef();
      if (configMap != null) {
        add(CONFIG_MAP, configMap.getName(), configMap.getOptional());
      }
      var secret = variable.getValueFrom().getSecretKeyRef();
      if (secret != null) {
        add(SECRET, secret.getName(), secret.getOptional());
      }
    }

    void envFrom(EnvFromSource source) {
      if (source.getConfigMapRef() != null) {
        add(CONFIG_MAP, source.getConfigMapRef().getName(), source.getConfigMapRef().getOptional());
      }
      if (source.getSecretRef() != null) {
        add(SECRET, source.getSecretRef().getName(), source.getSecretRef().getOptional());
      }
    }

    void volume(Volume volume) {
      if (volume.getConfigMap() != null) {
        add(CONFIG_MAP, volume.getConfigMap().getName(), volume.getConfigMap().getOptional());
      }
      if (volume.getSecret() != null) {
        add(SECRET, volume.getSecret().getSecretName(), volume.getSecret().getOptional());
      }
      if (volume.getProjected() != null) {
        volume.getProjected().getSources().forEach(this::projection);
      }
    }

    private void projection(VolumeProjection source) {
      if (source.getConfigMap() != null) {
        add(CONFIG_MAP, source.getConfigMap().getName(), source.getConfigMap().getOptional());
      }
      if (source.getSecret() != null) {
        add(SECRET, source.getSecret().getName(), source.getSecret().getOptional());
      }
    }
  }
}
