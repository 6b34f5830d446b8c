package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Event;
import io.byteport.dsl.value.Quantities;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object as people read it: a head, what it wants and how it is as an indented tree, and its
 * events. The values of environment variables and everything in a Secret or a ConfigMap are left
 * out, since they may be secret.
 */
public final class Description {
  private static final int MOST_CHARS = 60_000;
  private static final Set<String> OPAQUE = Set.of("data", "binaryData", "stringData");
  private static final Set<String> UNREAD = Set.of("apiVersion", "kind", "metadata");
  private static final Set<String> NOISE =
      Set.of("kubectl.kubernetes.io/last-applied-configuration");

  private static final String HIDDEN = "<set>";

  private final StringBuilder out = new StringBuilder();

  private Description() {}

  /**
   * @param events oldest first
   * @param now for their ages
   */
  public static String of(GenericKubernetesResource object, List<Event> events, Instant now) {
    Description text = new Description();
    text.head(object);
    for (Map.Entry<String, Object> section : object.getAdditionalProperties().entrySet()) {
      if (!UNREAD.contains(section.getKey())) {
        text.tree(
            title(section.getKey()), section.getValue(), 0, OPAQUE.contains(section.getKey()));
      }
    }
    text.events(events, now);
    String all = text.out.toString();
    return all.length() <= MOST_CHARS ? all : all.substring(0, MOST_CHARS) + "\n…\n";
  }

  private void head(GenericKubernetesResource object) {
    ObjectMeta metadata = object.getMetadata();
    line("Name", metadata.getName());
    if (metadata.getNamespace() != null) {
      line("Namespace", metadata.getNamespace());
    }
    line("Kind", object.getKind());
    line("Created", metadata.getCreationTimestamp());
    if (metadata.getDeletionTimestamp() != null) {
      line("Being deleted since", metadata.getDeletionTimestamp());
    }
    PodMapper.controller(object)
        .ifPresent(owner -> line("Controlled By", owner.getKind() + "/" + owner.getName()));
    pairs("Labels", PodMapper.labels(object));
    pairs("Annotations", PodMapper.annotations(object));
  }

  private void pairs(String title, Map<String, String> pairs) {
    Map<String, String> shown = new TreeMap<>(pairs);
    shown.keySet().removeAll(NOISE);
    if (!shown.isEmpty()) {
      out.append(title).append(":\n");
      shown.forEach(
          (key, value) -> out.append("  ").append(key).append('=').append(value).append('\n'));
    }
  }

  private void line(String title, @Nullable String value) {
    if (value != null) {
      out.append(title).append(": ").append(value).append('\n');
    }
  }

  private void tree(String title, @Nullable Object value, int depth, boolean hidden) {
    if (isNothing(value)) {
      return;
    }
    String indent = "  ".repeat(depth);
    switch (value) {
      case Map<?, ?> map -> {
        out.append(indent).append(title).append(":\n");
        fields(map, depth + 1, hidden);
      }
      case List<?> list -> {
        out.append(indent).append(title).append(":\n");
        list.forEach(item -> item(item, depth + 1, hidden, title.equals("env")));
      }
      case null, default ->
          out.append(indent)
              .append(title)
              .append(": ")
              .append(hidden ? HIDDEN : value)
              .append('\n');
    }
  }

  private void item(@Nullable Object item, int depth, boolean hidden, boolean isVariable) {
    String indent = "  ".repeat(depth);
    if (!(item instanceof Map<?, ?> map)) {
      out.append(indent).append("- ").append(hidden ? HIDDEN : item).append('\n');
      return;
    }
    out.append(indent).append("-\n");
    if (isVariable && !hidden) {
      map.forEach((key, field) -> tree(String.valueOf(key), field, depth + 1, "value".equals(key)));
    } else {
      fields(map, depth + 1, hidden);
    }
  }

  private void fields(Map<?, ?> map, int depth, boolean hidden) {
    map.forEach((key, field) -> tree(String.valueOf(key), field, depth, hidden));
  }

  private static boolean isNothing(@Nullable Object value) {
    return value == null
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }

  private void events(List<Event> events, Instant now) {
    if (events.isEmpty()) {
      line("Events", "<none>");
      return;
    }
    out.append("Events:\n");
    for (Event event : events) {
      Duration age = Duration.between(event.at(), now);
      out.append("  ")
          .append(event.type().name().charAt(0))
          .append(event.type().name().substring(1).toLowerCase(Locale.ROOT))
          .append("  ")
          .append(event.reason())
          .append("  ")
          .append(Quantities.print(Duration.ofSeconds(Math.max(0, age.toSeconds()))))
          .append(" ago")
          .append(event.count() > 1 ? " (x" + event.count() + ")" : "")
          .append("  ")
          .append(event.message().strip().replace('\n', ' '))
          .append('\n');
    }
  }

  private static String title(String key) {
    return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
  }
}
