package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object of any kind by paths; what is not there, or is of another type, is empty. Pure.
 */
public final class ObjectView {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private final GenericKubernetesResource object;

  public ObjectView(GenericKubernetesResource object) {
    this.object = object;
  }

  Optional<String> text(String... path) {
    return at(path) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  Optional<Integer> number(String... path) {
    return at(path) instanceof Number number ? Optional.of(number.intValue()) : Optional.empty();
  }

  List<String> texts(String... path) {
    return at(path) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /** The conditions in its status, where they have the usual form. */
  public List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    if (at("status", "conditions") instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> one && one.get("type") instanceof String type) {
          conditions.add(
              ConditionMapper.map(
                  type,
                  text(one, "status"),
                  text(one, "reason"),
                  text(one, "message"),
                  text(one, "lastTransitionTime"),
                  Times.created(object)));
        }
      }
    }
    return conditions;
  }

  /**
   * What stands at a path such as {@code .status.phase} or {@code .spec.ports[0].port}, as text; a
   * map or a list as JSON. Empty where there is nothing.
   */
  public Optional<String> at(FieldPath path) {
    @Nullable Object found = object.getAdditionalProperties();
    for (Object step : path.steps()) {
      if (step instanceof Integer index) {
        found = found instanceof List<?> list && index < list.size() ? list.get(index) : null;
      } else {
        found = found instanceof Map<?, ?> map ? map.get(step) : null;
      }
      if (found == null) {
        return Optional.empty();
      }
    }
    return Optional.of(
        found instanceof Map || found instanceof List ? JSON.asJson(found) : found.toString());
  }

  private @Nullable Object at(String... path) {
    @Nullable Object found = object.getAdditionalProperties();
    for (String step : path) {
      found = found instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return found;
  }

  private static @Nullable String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : null;
  }
}
