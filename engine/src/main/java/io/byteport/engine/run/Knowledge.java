package io.byteport.engine.run;

import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has read.
 *
 * @param readings by fact, only of facts that are read and have been
 * @param before every fact at the end of the classifying pass; null until then
 * @param history earlier values of those facts at which expressions look back, oldest first
 */
record Knowledge(
    Map<String, Reading> readings, @Nullable Map<String, Evaluation> before, List<Sample> history) {
  static final Knowledge NONE = new Knowledge(Map.of(), null, List.of());

  /** Enough for an hour at the usual pace of a verification. */
  private static final int KEPT = 256;

  Knowledge with(String fact, Reading reading) {
    Map<String, Reading> more = new LinkedHashMap<>(readings);
    more.put(fact, reading);
    return new Knowledge(Collections.unmodifiableMap(more), before, history);
  }

  Knowledge frozen(Map<String, Evaluation> now) {
    return new Knowledge(readings, Collections.unmodifiableMap(new LinkedHashMap<>(now)), history);
  }

  Knowledge remembering(Sample sample) {
    List<Sample> more = new ArrayList<>(history);
    more.add(sample);
    return new Knowledge(
        readings, before, List.copyOf(more.subList(Math.max(0, more.size() - KEPT), more.size())));
  }
}
