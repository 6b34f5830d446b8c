package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.CatalogueConformance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A run of a real runbook is killed at each of its writes and recovered by the interpreter from its
 * journal.
 */
class RecoveredRunTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunId RUN = new RunId("run-1");
  private static final String RUNBOOK =
      """
      apiVersion: byteport.io/v1
      kind: Runbook
      metadata:
        id: mend_box
        title: A box is broken
        category: test
        severity: high
        status: shipped
        version: 1.0.0
      detectors:
        box_broken:
          doc: A box is broken
      inputs:
        name: { type: string, required: true, doc: Which box }
      target:
        type: box
        name: ${inputs.name}
      diagnose:
        box:
          uses: lab.box
          with:
            box: ${target}
      classify:
        rules:
          - class: broken
            when: not box.ready
            confidence: 0.9
            because: ${box.name} is not ready
      guardrails:
        few:
          limit: 4
          every: 1h
        alone:
          lock: boxes
        asked:
          approve: May ${target.name} be mended?
          within: 30m
          guards: [mend]
      remediate:
        broken:
          steps:
            - id: mend
              uses: lab.mend
              with:
                box: ${target}
            - id: empty
              uses: lab.drop
              forEach: box.items
              with:
                item: ${item}
          advice: Look at ${box.name}
        unknown:
          advice: Nobody knows
      verify:
        within: 1m
        every: 15s
        expect:
          ready: box.ready
      summary: ${target.name} ${run.result}
      escalate:
        to:
          mail: {}
      resolve:
        to:
          chat: {}
      """;

  private static final RunbookLoader LOADER = new RunbookLoader(catalogue());

  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static ActionCatalogue catalogue() {
    try (InputStream in = RecoveredRunTest.class.getResourceAsStream("/catalogues/lab.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ActionCatalogueLoader.load(List.of(new SourceFile("lab.yaml", text)))
          .value()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theActionsOfThisTestAreAsTheirCatalogueSays() {
    CatalogueConformance conformance = new CatalogueConformance();
    new BoxWorld(true)
        .actions()
        .forEach(
            action ->
                assertThat(
                        conformance.differences(
                            action, LOADER.catalogue().action(action.name()).orElseThrow()))
                    .isEmpty());
  }

  @Test
  void aRunThatNothingDisturbsMendsTheBoxAndEmptiesIt() {
    BoxWorld world = new BoxWorld(false);
    try (RunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      play(store, world, NOON, true);

      RunReport report = Recovered.report(store.entries(RUN)).orElseThrow();
      assertThat(report.result()).as(report.reason()).isEqualTo(RunResult.RESOLVED);
      assertThat(world.done).containsExactly("mend", "drop i1", "drop i2");
    }
  }

  @Test
  @Tag("slow")
  void whereverARunbooksRunIsKilledEveryChangeIsMadeAtMostOnce() {
    int writes = writesOfAWholeRun();
    assertThat(writes).isGreaterThan(15);
    for (int number = 2; number <= writes; number++) {
      for (boolean written : new boolean[] {false, true}) {
        killAt(number, written, true);
        killAt(number, written, false);
      }
    }
  }

  private static int writesOfAWholeRun() {
    try (RunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      FaultyStore counting = new FaultyStore(store, (number, what, done) -> {});
      play(counting, new BoxWorld(false), NOON, true);
      return counting.writes.size();
    }
  }

  private static void killAt(int number, boolean written, boolean repeatable) {
    BoxWorld world = new BoxWorld(repeatable);
    String where =
        "killed "
            + (written ? "after" : "before")
            + " write "
            + number
            + ", repeatable "
            + repeatable;
    try (RunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      FaultyStore deadly =
          new FaultyStore(
              store,
              (count, what, done) -> {
                if (count == number && done == written) {
                  throw new Kill();
                }
              });
      try {
        play(deadly, world, NOON, true);
      } catch (Kill killed) {
        // as meant
      }
      play(store, world, NOON.plusSeconds(240), false);

      assertThat(store.unfinished()).as(where).isEmpty();
      assertThat(new HashSet<>(world.done)).as(where).hasSameSizeAs(world.done);
      RunReport report = Recovered.report(store.entries(RUN)).orElseThrow();
      if (repeatable) {
        assertThat(report.result())
            .as(where + ": " + report.reason())
            .isEqualTo(RunResult.RESOLVED);
        assertThat(world.done).as(where).containsExactly("mend", "drop i1", "drop i2");
      } else if (report.result() != RunResult.RESOLVED) {
        assertThat(report.result()).as(where).isEqualTo(RunResult.ESCALATED);
        assertThat(world.done).as(where + ": " + report.reason()).hasSizeLessThan(3);
      }
      int counted =
          store
              .check(
                  RUN,
                  List.of(new Claim.Limit("g", limitKey(store), 99, Duration.ofHours(1))),
                  NOON.plusSeconds(600),
                  false)
              .getFirst()
              .used();
      assertThat(counted)
          .as(where + ": what was done is what is counted")
          .isEqualTo(world.done.size());
    }
  }

  private static String limitKey(RunStore store) {
    return store.entries(RUN).stream()
        .filter(Event.ChangeIntended.class::isInstance)
        .flatMap(entry -> ((Event.ChangeIntended) entry).standings().stream())
        .map(standing -> standing.claim())
        .filter(claim -> claim instanceof Claim.Limit limit && limit.guardrail().equals("few"))
        .map(Claim::key)
        .findFirst()
        .orElse("nothing was intended");
  }

  private static void play(RunStore store, BoxWorld world, Instant at, boolean start) {
    VirtualTimers timers = new VirtualTimers(at);
    Driver driver =
        new Driver(
            new DriverParts(
                store,
                new ActionRegistry(List.of(world)),
                InterpretedCourse.beginning(LOADER, new Interpreter(new Evaluator(), Links.NONE)),
                timers,
                new TestIds(start ? "a" : "b"),
                Redactor.SHAPES_ONLY,
                signal -> Optional.empty(),
                List.of(),
                Dispatch.toNobody()));
    if (start) {
      driver.start(opened());
    } else {
      driver.recover();
    }
    timers.settle();
    for (int steps = 0; steps < 100; steps++) {
      if (driver.approve(RUN, "asked", true, "somebody")) {
        timers.settle();
      } else if (!timers.advanceToNext()) {
        return;
      }
    }
  }

  private static Event.Opened opened() {
    StructValue box = new StructValue(Map.of("name", Value.of("b1")));
    return new Event.Opened(
        NOON,
        RUN,
        "mend_box",
        "1.0.0",
        RUNBOOK,
        Mode.LIVE,
        new Signal(
            "box_broken",
            "test",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of("name", "b1"),
            NOON,
            null,
            "f",
            null),
        StructValue.EMPTY,
        box,
        box.with("type", Value.of("box")),
        "box/b1");
  }
}
