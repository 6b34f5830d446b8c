package io.byteport.adapter.kubernetes.api;

import io.byteport.adapter.kubernetes.model.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kubectl command that does the same as an action, word by word. Made for one command, by one
 * thread.
 */
public final class Kubectl {
  private final List<String> words = new ArrayList<>();

  private Kubectl() {
    words.add("kubectl");
  }

  /** A command for the cluster that an action would choose. */
  public static Kubectl on(
      Clusters clusters, @Nullable Cluster ofReference, @Nullable Cluster ofInput) {
    Kubectl command = new Kubectl();
    command.words.addAll(clusters.options(ofReference, ofInput));
    return command;
  }

  public Kubectl add(String... more) {
    words.addAll(List.of(more));
    return this;
  }

  /** The kind and the name of an object. */
  public Kubectl object(String kind, String name) {
    return add(kind.toLowerCase(Locale.ROOT), name);
  }

  /** Nothing for null: what lives in no namespace. */
  public Kubectl in(@Nullable String namespace) {
    return namespace == null ? this : add("-n", namespace);
  }

  /** A namespace, or all for null. */
  public Kubectl inOrAll(@Nullable String namespace) {
    return namespace == null ? add("-A") : add("-n", namespace);
  }

  public List<String> json() {
    return add("-o", "json").words();
  }

  public List<String> words() {
    return List.copyOf(words);
  }
}
