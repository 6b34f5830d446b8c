package io.byteport.dsl.connection;

import org.jspecify.annotations.Nullable;

/** Where a secret is kept; configuration never holds the secret itself. */
public sealed interface SecretReference {

  /** How people call the place: {@code the environment variable DB_PASSWORD}. */
  String place();

  /** A variable of the process's environment. */
  record Variable(String name) implements SecretReference {
    @Override
    public String place() {
      return "the environment variable " + name;
    }
  }

  /**
   * The text of a file, without the end of its last line.
   *
   * @param path as it is written; relative to the current folder where it is not absolute
   */
  record InFile(String path) implements SecretReference {
    @Override
    public String place() {
      return "the file " + path;
    }
  }

  /**
   * One key of a secret in a cluster.
   *
   * @param namespace null for the one that the cluster's entry stands in
   * @param cluster the entry of the cluster; null for the only one
   */
  record InCluster(String secret, String key, @Nullable String namespace, @Nullable String cluster)
      implements SecretReference {
    @Override
    public String place() {
      return "the key "
          + key
          + " of the Kubernetes secret "
          + (namespace == null ? "" : namespace + "/")
          + secret;
    }
  }
}
