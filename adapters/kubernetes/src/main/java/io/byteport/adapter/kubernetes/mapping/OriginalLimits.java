package io.byteport.adapter.kubernetes.mapping;

import io.byteport.dsl.value.DataSize;
import io.fabric8.kubernetes.api.model.Container;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The memory limits that a workload's containers had before our first raise, in the annotation
 * {@value #ANNOTATION}. A size alone is that of the first container; those of others have their
 * names: {@code 256Mi,proxy=64Mi}.
 */
public final class OriginalLimits {
  public static final String ANNOTATION = "byteport.io/original-memory-limit";

  private final String first;
  private final Map<String, DataSize> byContainer;

  private OriginalLimits(String first, Map<String, DataSize> byContainer) {
    this.first = first;
    this.byContainer = Collections.unmodifiableMap(new LinkedHashMap<>(byContainer));
  }

  /** What the annotation says; a part that cannot be read counts as not remembered. */
  public static OriginalLimits of(WorkloadState workload) {
    String first =
        workload.template().getSpec().getContainers().stream()
            .findFirst()
            .map(Container::getName)
            .orElse("");
    Map<String, DataSize> found = new LinkedHashMap<>();
    String text = PodMapper.annotations(workload.object()).getOrDefault(ANNOTATION, "");
    for (String part : text.split(",")) {
      int equals = part.indexOf('=');
      String container = equals < 0 ? first : part.substring(0, equals).strip();
      Amounts.size(part.substring(equals + 1).strip())
          .ifPresent(size -> found.put(container, size));
    }
    return new OriginalLimits(first, found);
  }

  public Optional<DataSize> of(String container) {
    return Optional.ofNullable(byContainer.get(container));
  }

  /** With one more remembered; what is remembered already stays. */
  public OriginalLimits remember(String container, DataSize limit) {
    Map<String, DataSize> more = new LinkedHashMap<>(byContainer);
    more.putIfAbsent(container, limit);
    return new OriginalLimits(first, more);
  }

  /** As the annotation holds it. */
  @Override
  public String toString() {
    return byContainer.entrySet().stream()
        .map(
            entry ->
                (entry.getKey().equals(first) ? "" : entry.getKey() + "=")
                    + Amounts.print(entry.getValue()))
        .collect(Collectors.joining(","));
  }
}
