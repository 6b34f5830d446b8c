package io.byteport.adapter.kubernetes.api;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kubectl command that does the same as an action, word by word. Made for one command, by one
 * thread.
 */
public final class Kubectl {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

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

  /**
   * The kind and the name of an object. What is no name stays one word with the kind in front, so
   * that it is no option of the command.
   */
  public Kubectl object(String kind, String name) {
    if (!Names.isKind(kind)) {
      return add("--", kind + "/" + name);
    }
    return Names.isName(name) ? kind(kind).add(name) : add(word(kind) + "/" + name);
  }

  /** All objects of a kind. */
  public Kubectl kind(String kind) {
    return Names.isKind(kind) ? add(word(kind)) : add("--", kind);
  }

  private static String word(String kind) {
    return kind.toLowerCase(Locale.ROOT);
  }

  /** A name where the command implies the kind, such as {@code kubectl cordon}. */
  public Kubectl named(String kind, String name) {
    return add(Names.isName(name) ? name : kind.toLowerCase(Locale.ROOT) + "/" + name);
  }

  /** An option with a value, as one word. */
  public Kubectl with(String option, String value) {
    return add(option + "=" + value);
  }

  /** A patch as the API takes it. */
  public Kubectl patch(String type, Object content) {
    return add("--type=" + type, "--patch=" + JSON.asJson(content));
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
