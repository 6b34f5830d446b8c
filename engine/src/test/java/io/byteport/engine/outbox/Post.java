package io.byteport.engine.outbox;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunReport.Notification;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.Timers;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One process that puts messages and sends them. Each is about a run of its target's name. */
final class Post {
  static final Duration DAY = Duration.ofHours(24);

  final RunStore store;
  final Timers timers;
  final Courier courier;
  private final Dispatch dispatch;

  Post(RunStore store, Timers timers, Map<String, Recorder> channels) {
    this(store, store.outbox(), timers, Redactor.SHAPES_ONLY, CourierSettings.DEFAULT, channels);
  }

  Post(
      RunStore store,
      Outbox outbox,
      Timers timers,
      Redactor redactor,
      CourierSettings settings,
      Map<String, Recorder> channels) {
    this.store = store;
    this.timers = timers;
    this.dispatch = new Dispatch(outbox, (occasion, notice) -> address(occasion, notice, channels));
    this.courier = new Courier(outbox, timers, redactor, settings, SendingListener.SILENT);
    courier.use(Map.copyOf(channels));
  }

  /** To all channels, or where the notice names some, to those. */
  private static Addressed address(
      Occasion occasion, Notification notice, Map<String, Recorder> channels) {
    List<Envelope> envelopes = new ArrayList<>();
    List<String> unheard = new ArrayList<>();
    Iterable<String> names =
        notice.channels().isEmpty() ? channels.keySet() : notice.channels().keySet();
    for (String name : names) {
      if (name.equals("pigeon")) {
        unheard.add(name);
      } else {
        envelopes.add(new Envelope(name, Told.message(occasion, notice)));
      }
    }
    return new Addressed(envelopes, unheard);
  }

  /** Says something about a target. */
  void say(String target, String title) {
    say(target, notice(title, "", Duration.ZERO, Map.of()));
  }

  void say(String target, Notification notice) {
    Event.Opened opened = opened(target, target, now());
    open(opened);
    dispatch.announce(new Occasion(opened, null, now()), notice.title(), notice);
  }

  /** Says something at the end of a run. */
  boolean report(String run, String target, Notification... notices) {
    Event.Opened opened = opened(run, target, now());
    if (open(opened)) {
      store.close(opened.run(), List.of());
    }
    return dispatch.report(new Occasion(opened, report(), now()), List.of(notices));
  }

  Instant now() {
    return timers.clock().instant();
  }

  /** Whether the run is this process's from now on. */
  private boolean open(Event.Opened opened) {
    return store.run(opened.run()).isEmpty()
        && store.open(opened).isEmpty()
        && store.claim(opened.run());
  }

  static Event.Opened opened(String run, String target, Instant at) {
    return new Event.Opened(
        at,
        new RunId(run),
        "sample",
        "1.0.0",
        "metadata: {}",
        Mode.LIVE,
        new Signal(
            "sample_failing",
            "test",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of(),
            at,
            null,
            "finger-" + target,
            null),
        StructValue.EMPTY,
        StructValue.EMPTY,
        StructValue.EMPTY,
        target);
  }

  static Notification notice(
      String title, String dedupKey, Duration dedupFor, Map<String, List<String>> channels) {
    return new Notification(
        "escalated",
        channels,
        "high",
        title,
        null,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        dedupKey,
        dedupFor);
  }

  static RunReport report() {
    return report(RunResult.RESOLVED, "broken", List.of());
  }

  static RunReport report(RunResult result, String classId, List<Notification> notices) {
    return new RunReport(
        result,
        "said so",
        "api is " + result.word(),
        classId,
        0.9,
        "high",
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        Duration.ZERO,
        notices,
        Map.of(),
        null);
  }
}
