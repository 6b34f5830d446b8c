package io.byteport.dsl.test;

import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays what a case gives over what its file gives: maps merge, lists and scalars replace, null
 * among them. A map that says why something is unavailable replaces too, and is replaced; and a
 * step has one outcome, the later one.
 */
final class GivenMerge {
  private static final String UNAVAILABLE = "unavailable";
  private static final String TIMES_OUT = "timesOut";
  private static final List<String> OUTCOMES = List.of("result", "fails", UNAVAILABLE, TIMES_OUT);

  private GivenMerge() {}

  static YamlMapping merged(YamlMapping base, YamlMapping over) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    base.entries().forEach(entry -> entries.put(entry.key().text(), entry));
    for (Entry entry : over.entries()) {
      String key = entry.key().text();
      Entry before = entries.get(key);
      YamlNode value = entry.value();
      if (before != null) {
        boolean steps = key.equals("steps");
        value = steps ? steps(before.value(), value) : merged(before.value(), value);
      }
      entries.put(key, new Entry(entry.key(), value));
    }
    return of(over, entries);
  }

  private static YamlNode merged(YamlNode base, YamlNode over) {
    return base instanceof YamlMapping before
            && over instanceof YamlMapping after
            && !isUnavailable(before)
            && !isUnavailable(after)
        ? merged(before, after)
        : over;
  }

  private static YamlNode steps(YamlNode base, YamlNode over) {
    if (!(base instanceof YamlMapping before) || !(over instanceof YamlMapping after)) {
      return over;
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    before.entries().forEach(entry -> entries.put(entry.key().text(), entry));
    for (Entry entry : after.entries()) {
      Entry earlier = entries.get(entry.key().text());
      YamlNode value =
          earlier != null
                  && earlier.value() instanceof YamlMapping was
                  && entry.value() instanceof YamlMapping is
              ? merged(withoutOutcome(was, is), is)
              : entry.value();
      entries.put(entry.key().text(), new Entry(entry.key(), value));
    }
    return of(after, entries);
  }

  private static YamlMapping withoutOutcome(YamlMapping base, YamlMapping over) {
    String outcome =
        OUTCOMES.stream().filter(key -> over.entry(key).isPresent()).findFirst().orElse(null);
    return outcome == null
        ? base
        : new YamlMapping(
            base.entries().stream()
                .filter(
                    entry ->
                        entry.key().text().equals(outcome)
                            || !OUTCOMES.contains(entry.key().text()))
                .toList(),
            base.flow(),
            base.span());
  }

  private static YamlMapping of(YamlMapping place, Map<String, Entry> entries) {
    return new YamlMapping(List.copyOf(entries.values()), place.flow(), place.span());
  }

  /** Whether a map has nothing to say but why there is nothing. */
  static boolean isUnavailable(YamlMapping mapping) {
    return mapping.entries().size() == 1
        && (mapping.entry(UNAVAILABLE).isPresent() || mapping.entry(TIMES_OUT).isPresent());
  }
}
