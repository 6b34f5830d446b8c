package io.byteport.engine.journal;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Entries for tests of the store. */
final class Entries {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Entries() {}

  static Event.Opened opened(String run, String target) {
    return opened(run, target, NOON);
  }

  static Event.Opened opened(String run, String target, Instant at) {
    return new Event.Opened(
        at,
        new RunId(run),
        "sample",
        "1.0.0",
        "metadata: {id: sample} # password=kept",
        Mode.LIVE,
        new Signal(
            "sample_failing",
            "test",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of(),
            at,
            null,
            "f",
            null),
        StructValue.EMPTY,
        StructValue.EMPTY,
        StructValue.EMPTY,
        target);
  }

  static Event.ChangeIntended intent(String id, Instant at) {
    return new Event.ChangeIntended(
        at,
        new IntentId(id),
        "restart",
        "test.restart",
        StructValue.EMPTY,
        StructValue.EMPTY,
        "restart it",
        List.of());
  }

  static Event.ChangeFinished finished(String id, Instant at, ActionResult result) {
    return new Event.ChangeFinished(at, new IntentId(id), result, false);
  }

  static ActionResult.Failed failed(boolean certainlyNothing) {
    return new ActionResult.Failed(FailureKind.REFUSED, "not now", certainlyNothing, null);
  }
}
