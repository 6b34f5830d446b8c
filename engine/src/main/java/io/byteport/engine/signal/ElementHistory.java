package io.byteport.engine.signal;

import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a watched element was, as far back as its detector looks. An element stays what it is until
 * it changes, so only changes are kept, and one that is as old as the window. Of very many changes
 * the oldest but one give way.
 */
final class ElementHistory {
  private static final int MOST = 512;

  private final Duration window;
  private final List<Sample> samples = new ArrayList<>();
  private Value last = Value.NULL;

  /**
   * @param window how far back is looked; zero where nothing is
   */
  ElementHistory(Duration window) {
    this.window = window;
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  void remember(Value element, Instant now) {
    if (window.isZero() || (!samples.isEmpty() && element.equals(last))) {
      return;
    }
    last = element;
    samples.add(new Sample(now, Map.of("result", Evaluation.of(element))));
    Instant start = now.minus(window);
    while (samples.size() > 1 && !samples.get(1).at().isAfter(start)) {
      samples.removeFirst();
    }
    if (samples.size() > MOST) {
      samples.remove(1);
    }
  }
}
