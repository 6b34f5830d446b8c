package io.byteport.engine.run;

import io.byteport.engine.signal.Signal;
import java.util.Map;

/** The signal that one run gives to the next. */
final class HandedSignal {

  private HandedSignal() {}

  static Signal of(Event.Opened from, String type, Map<String, String> labels) {
    Signal first = from.signal();
    return new Signal(
        type,
        first.source(),
        first.severity(),
        Signal.Status.FIRING,
        labels,
        first.startedAt(),
        null,
        from.run() + "/" + type,
        first.link());
  }
}
