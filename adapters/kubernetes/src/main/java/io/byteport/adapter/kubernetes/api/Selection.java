package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.ActionException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which objects a list is about; null means all. */
public record Selection(@Nullable String labels, @Nullable String fields) {
  public static final Selection ALL = new Selection(null, null);

  /** A selector that the API itself has given. */
  public static Selection labels(String selector) {
    return new Selection(selector, null);
  }

  /**
   * What carries all these labels.
   *
   * @throws ActionException if one of them is no label
   */
  public static Selection labelled(Map<String, String> labels) throws ActionException {
    for (Map.Entry<String, String> one : labels.entrySet()) {
      Names.checkKey(one.getKey());
      Names.checkLabel(one.getValue());
    }
    return labels(
        new TreeMap<>(labels)
            .entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(",")));
  }

  public static Selection fields(String selector) {
    return new Selection(null, selector);
  }

  /**
   * The pods on a node.
   *
   * @throws ActionException if the text names no node
   */
  public static Selection onNode(String node) throws ActionException {
    Names.checkName(node);
    return fields("spec.nodeName=" + node);
  }

  /**
   * The events about an object.
   *
   * @throws ActionException if the texts name no kind or no object
   */
  public static Selection about(String kind, String name) throws ActionException {
    Names.checkKind(kind);
    Names.checkName(name);
    return fields("involvedObject.kind=" + kind + ",involvedObject.name=" + name);
  }
}
