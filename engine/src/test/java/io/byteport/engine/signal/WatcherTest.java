package io.byteport.engine.signal;

import static io.byteport.engine.signal.Runbooks.EVALUATOR;
import static io.byteport.engine.signal.Runbooks.NOON;
import static io.byteport.engine.signal.Runbooks.enabled;
import static io.byteport.engine.signal.Runbooks.entry;
import static io.byteport.engine.signal.Runbooks.inventory;
import static io.byteport.engine.signal.Runbooks.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.SignalSink;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.run.Timers;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.WatchSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WatcherTest {
  private static final Map<String, String> LABELS =
      Map.of("namespace", "production", "pod", "api-1");
  private static final String KEY = "production/api-1";
  private static final Value WELL = pod("api-1", 0, true, "");
  private static final Value ILL = pod("api-1", 1, false, "CrashLoopBackOff");

  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final PodWatch pods = new PodWatch();
  private final UnitRead units = new UnitRead();
  private final List<Signal> signals = new ArrayList<>();
  private final Heard heard = new Heard();
  private SignalSink sink =
      signal -> {
        signals.add(signal);
        return Optional.empty();
      };

  /** A watch of pods that a test feeds. */
  private static final class PodWatch implements WatchSource {
    final List<Listener> listeners = new ArrayList<>();
    final List<StructValue> started = new ArrayList<>();
    final CountDownLatch begun = new CountDownLatch(1);
    int closed;
    int refusals;

    @Override
    public String action() {
      return "kubectl.pods";
    }

    @Override
    public AutoCloseable start(StructValue with, Listener listener) {
      if (refusals > 0) {
        refusals--;
        throw new IllegalStateException("no such context");
      }
      started.add(with);
      listeners.add(listener);
      begun.countDown();
      return () -> closed++;
    }
  }

  record Host(String name) {}

  record UnitInput(Host host, String unit, Duration timeout) {}

  record Unit(String name, String state, int restarts) {}

  /** A read of units that a test answers; null is not found. */
  private static final class UnitRead implements Action.Read<UnitInput, Unit> {
    final Map<String, @Nullable String> states = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    final List<String> down = new ArrayList<>();
    Pause before = () -> {};

    interface Pause {
      void take() throws InterruptedException;
    }

    @Override
    public String name() {
      return "host.unit";
    }

    @Override
    public Class<UnitInput> inputType() {
      return UnitInput.class;
    }

    @Override
    public Class<Unit> outputType() {
      return Unit.class;
    }

    @Override
    public List<String> command(UnitInput input) {
      return List.of("systemctl", "show", input.unit());
    }

    @Override
    public @Nullable Unit read(UnitInput input, ActionContext context)
        throws ActionException, InterruptedException {
      before.take();
      asked.add(input.host().name());
      if (down.contains(input.host().name())) {
        throw ActionException.refused(
            FailureKind.UNREACHABLE, "connection refused, password=hunter22");
      }
      String state = states.get(input.host().name());
      return state == null ? null : new Unit(input.unit(), state, 0);
    }
  }

  private static final class Heard implements WatchListener {
    final List<String> lines = new ArrayList<>();

    @Override
    public void degraded(String watch, String reason) {
      lines.add("degraded " + watch + ": " + reason);
    }

    @Override
    public void restored(String watch) {
      lines.add("restored " + watch);
    }

    @Override
    public void undelivered(Signal signal, String reason) {
      lines.add("undelivered " + signal.type() + ": " + reason);
    }
  }

  private Watcher watcher(Inventory inventory, Timers timers) {
    Adapter adapter =
        new Adapter() {
          @Override
          public List<Action<?, ?>> actions() {
            return List.of(units);
          }

          @Override
          public List<WatchSource> watches() {
            return List.of(pods);
          }

          @Override
          public void close() {}
        };
    return new Watcher(
        new WatcherParts(
            new ActionRegistry(List.of(adapter)),
            inventory,
            EVALUATOR,
            timers,
            signal -> sink.accept(signal),
            heard,
            Redactor.SHAPES_ONLY));
  }

  private Watcher watching(Inventory inventory, EnabledRunbook... runbooks) {
    Watcher watcher = watcher(inventory, timers);
    watcher.start(List.of(runbooks));
    timers.settle();
    return watcher;
  }

  private static EnabledRunbook pods(String id, String detectors) {
    return enabled(
        id,
        "detectors:\n"
            + detectors.indent(2)
            + """
            inputs:
              namespace: { type: string, required: true }
              pod: { type: string, required: true }
            target:
              type: pod
              namespace: ${inputs.namespace}
              name: ${inputs.pod}
            """);
  }

  private static final String NOT_READY =
      "not_ready: { doc: Not ready, watch: kubectl.pods, when: not result.ready }";
  private static final String NOT_READY_FOR_A_MINUTE =
      "not_ready: { doc: Not ready, watch: kubectl.pods, when: not result.ready, for: 1m }";

  private static EnabledRunbook units(String more) {
    return enabled(
        "units",
        """
        detectors:
          unit_failed:
            doc: A unit failed
            watch: host.unit
            with: { unit: kubelet }
            when: result.state == "failed"
        """
            + more.indent(4)
            + """
            inputs:
              host: { type: host, required: true }
            target:
              type: host
              host: ${inputs.host}
            """);
  }

  private static final Inventory HOSTS = inventory(entry("host", "web-1"), entry("host", "web-2"));

  private void tell(Value element) {
    pods.listeners.forEach(listener -> listener.changed(KEY, element, LABELS));
    timers.settle();
  }

  private void pass(int seconds) {
    timers.advanceTo(timers.clock().instant().plusSeconds(seconds));
  }

  private List<String> said() {
    return signals.stream().map(signal -> signal.status() + " " + signal.fingerprint()).toList();
  }

  @Test
  void what_a_watch_sees_becomes_signals_in_the_sink() {
    watching(Inventory.EMPTY, pods("one", NOT_READY));
    tell(WELL);
    tell(ILL);
    tell(WELL);
    assertThat(said())
        .containsExactly(
            "FIRING not_ready@kubectl.pods/production/api-1",
            "RESOLVED not_ready@kubectl.pods/production/api-1");
    assertThat(signals.getFirst().labels()).isEqualTo(LABELS);
  }

  @Test
  void detectors_that_look_at_the_same_share_one_watch() {
    watching(
        Inventory.EMPTY,
        pods(
            "one",
            NOT_READY
                + "\n"
                + "waits: { doc: Waits, watch: kubectl.pods, when: 'any(result.containers,"
                + " $.waitingReason != null)' }"),
        pods("two", "restarts: { doc: R, watch: kubectl.pods, when: result.restarts > 3 }"),
        pods(
            "three",
            "other: { doc: O, watch: kubectl.pods, with: { namespace: jobs }, when: not"
                + " result.ready }"));
    assertThat(pods.started)
        .containsExactly(StructValue.EMPTY, Value.of(Map.of("namespace", Value.of("jobs"))));
    pods.listeners.getFirst().changed(KEY, ILL, LABELS);
    timers.settle();
    assertThat(signals).extracting(Signal::type).containsExactly("not_ready", "waits");
  }

  @Test
  void two_runbooks_that_see_the_same_fire_once_and_resolve_when_both_see_it_no_more() {
    watching(
        Inventory.EMPTY,
        pods("one", NOT_READY),
        pods(
            "two",
            "not_ready: { doc: N, watch: kubectl.pods, when: not result.ready or result.restarts >"
                + " 0 }"));
    tell(ILL);
    assertThat(said()).hasSize(1);
    tell(pod("api-1", 1, true, ""));
    assertThat(said()).hasSize(1);
    tell(WELL);
    assertThat(said()).hasSize(2).last().asString().startsWith("RESOLVED");
  }

  @Test
  void a_condition_that_must_hold_for_a_time_fires_when_that_is_over_without_another_change() {
    watching(Inventory.EMPTY, pods("one", NOT_READY_FOR_A_MINUTE));
    tell(ILL);
    pass(59);
    assertThat(signals).isEmpty();
    pass(1);
    assertThat(signals)
        .singleElement()
        .satisfies(signal -> assertThat(signal.startedAt()).isEqualTo(NOON));
  }

  @Test
  void an_element_that_is_gone_resolves() {
    watching(Inventory.EMPTY, pods("one", NOT_READY));
    tell(ILL);
    pods.listeners.getFirst().gone(KEY);
    timers.settle();
    assertThat(said()).hasSize(2).last().asString().startsWith("RESOLVED");
  }

  @Test
  void a_degraded_watch_is_told_fires_nothing_meanwhile_and_is_told_again_when_it_sees() {
    watching(Inventory.EMPTY, pods("one", NOT_READY_FOR_A_MINUTE));
    tell(ILL);
    pods.listeners.getFirst().degraded("gone away");
    pass(120);
    assertThat(signals).isEmpty();
    assertThat(heard.lines).containsExactly("degraded kubectl.pods: gone away");
    tell(ILL);
    assertThat(signals).hasSize(1);
    assertThat(heard.lines).last().isEqualTo("restored kubectl.pods");
  }

  @Test
  void a_watch_that_cannot_be_started_is_told_and_tried_again() {
    pods.refusals = 1;
    watching(Inventory.EMPTY, pods("one", NOT_READY));
    assertThat(heard.lines)
        .containsExactly(
            "degraded kubectl.pods: it could not be started (no such context), next try in 30s");
    pass(30);
    tell(ILL);
    assertThat(signals).hasSize(1);
  }

  @Test
  void a_read_that_cannot_be_followed_is_polled_for_every_entry_of_the_inventory() {
    units.states.put("web-1", "active");
    units.states.put("web-2", "failed");
    watching(HOSTS, units(""));
    assertThat(units.asked).containsExactly("web-1", "web-2");
    assertThat(said()).containsExactly("FIRING unit_failed@host.unit/host=web-2,unit=kubelet");
    assertThat(signals.getFirst().labels())
        .containsExactlyInAnyOrderEntriesOf(Map.of("host", "web-2", "unit", "kubelet"));
    units.states.put("web-2", "active");
    pass(29);
    assertThat(units.asked).hasSize(2);
    pass(1);
    assertThat(units.asked).hasSize(4);
    assertThat(said()).hasSize(2).last().asString().startsWith("RESOLVED");
  }

  @Test
  void polling_keeps_to_the_time_that_the_detector_says() {
    watching(inventory(entry("host", "web-1")), units("every: 15s"));
    pass(60);
    assertThat(units.asked).hasSize(5);
  }

  @Test
  void what_is_found_no_more_resolves() {
    units.states.put("web-1", "failed");
    watching(inventory(entry("host", "web-1")), units(""));
    units.states.remove("web-1");
    pass(30);
    assertThat(said()).hasSize(2).last().asString().startsWith("RESOLVED");
  }

  @Test
  void a_poll_that_fails_degrades_its_own_watch_without_secrets_and_resolves_nothing() {
    units.states.put("web-1", "failed");
    units.states.put("web-2", "active");
    watching(HOSTS, units(""));
    units.down.add("web-1");
    pass(30);
    assertThat(heard.lines)
        .containsExactly(
            "degraded host.unit (host: web-1, unit: kubelet): connection refused,"
                + " password=[redacted]");
    assertThat(said()).hasSize(1);
    units.down.clear();
    pass(30);
    assertThat(heard.lines).last().isEqualTo("restored host.unit (host: web-1, unit: kubelet)");
    assertThat(said()).hasSize(1);
  }

  @Test
  void a_failed_poll_begins_the_time_of_a_condition_anew() {
    units.states.put("web-1", "failed");
    watching(inventory(entry("host", "web-1")), units("every: 30s\nfor: 50s"));
    units.down.add("web-1");
    pass(30);
    units.down.clear();
    pass(30);
    assertThat(signals).isEmpty();
    pass(50);
    assertThat(signals)
        .singleElement()
        .satisfies(signal -> assertThat(signal.startedAt()).isEqualTo(NOON.plusSeconds(60)));
  }

  @Test
  void what_cannot_be_watched_at_all_is_told() {
    watching(Inventory.EMPTY, units(""));
    assertThat(heard.lines)
        .containsExactly("degraded host.unit: the inventory has no host to look at");
  }

  @Test
  void a_signal_that_the_sink_fails_to_take_is_kept_and_offered_again_in_order() {
    SignalSink working = sink;
    sink =
        signal -> {
          throw new IllegalStateException("the store is away");
        };
    watching(Inventory.EMPTY, pods("one", NOT_READY));
    tell(ILL);
    tell(WELL);
    assertThat(heard.lines).containsExactly("undelivered not_ready: the store is away");
    sink = working;
    pass(5);
    assertThat(signals)
        .extracting(Signal::status)
        .containsExactly(Signal.Status.FIRING, Signal.Status.RESOLVED);
  }

  @Test
  void a_closed_watcher_has_closed_its_watches_and_says_nothing_more() {
    units.states.put("web-1", "active");
    Watcher watcher =
        watching(inventory(entry("host", "web-1")), pods("one", NOT_READY_FOR_A_MINUTE), units(""));
    tell(ILL);
    int asked = units.asked.size();
    watcher.close();
    pass(300);
    tell(ILL);
    assertThat(pods.closed).isEqualTo(1);
    assertThat(units.asked).hasSize(asked);
    assertThat(signals).isEmpty();
  }

  @Test
  void closing_interrupts_a_read_that_hangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    units.before =
        () -> {
          hanging.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
        };
    try (SystemTimers real = new SystemTimers(() -> NOON)) {
      Watcher watcher = watcher(inventory(entry("host", "web-1")), real);
      watcher.start(List.of(units("")));
      assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
      watcher.close();
      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(heard.lines).isEmpty();
  }

  @Test
  void signals_keep_their_order_however_many_threads_tell() throws Exception {
    CountDownLatch told = new CountDownLatch(200);
    sink =
        signal -> {
          signals.add(signal);
          told.countDown();
          return Optional.empty();
        };
    try (SystemTimers real = new SystemTimers(() -> NOON);
        Watcher watcher = watcher(Inventory.EMPTY, real)) {
      watcher.start(List.of(pods("one", NOT_READY)));
      assertThat(pods.begun.await(20, TimeUnit.SECONDS)).isTrue();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String key = "pod-" + i;
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int n = 0; n < 25; n++) {
                        pods.listeners.getFirst().changed(key, ILL, LABELS);
                        pods.listeners.getFirst().changed(key, WELL, LABELS);
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    }
    for (int i = 0; i < 4; i++) {
      String fingerprint = "not_ready@kubectl.pods/pod-" + i;
      List<Signal.Status> statuses =
          signals.stream()
              .filter(signal -> signal.fingerprint().equals(fingerprint))
              .map(Signal::status)
              .toList();
      assertThat(statuses).hasSize(50);
      for (int n = 0; n < 50; n++) {
        assertThat(statuses.get(n))
            .isEqualTo(n % 2 == 0 ? Signal.Status.FIRING : Signal.Status.RESOLVED);
      }
    }
  }
}
