package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.Ticks;
import io.byteport.engine.outbox.Told;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.WatchSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many boxes break at once, and two runs may be mending at a time, four within ten minutes. */
class StormTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final StormLimits LIMITS = StormLimits.of(2, 4, Duration.ofMinutes(10));

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
      remediate:
        broken:
          steps:
            - id: mend
              uses: lab.mend
              with:
                box: ${target}
            - id: mend_again
              uses: lab.mend
              with:
                box: ${target}
          advice: Look at ${box.name}
        unknown:
          advice: Nobody knows
      verify:
        within: 3h
        every: 1m
        expect:
          ready: box.ready
      summary: ${target.name} ${run.result}
      escalate:
        to:
          mail: {}
        dedup:
          for: 24h
      resolve:
        to:
          chat: {}
      """;

  @TempDir private Path folder;

  private final Boxes boxes = new Boxes();
  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final List<RunReport.Notification> sent = new CopyOnWriteArrayList<>();
  private RunStore store;
  private Told told;
  private Driver driver;

  @BeforeEach
  void open() {
    store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY, Ticks.of(timers.clock()));
    told = told();
    driver = driver();
  }

  @AfterEach
  void close() {
    driver.close();
    told.close();
    store.close();
  }

  private void restart() {
    close();
    open();
    driver.recover();
    timers.settle();
  }

  @Test
  void a_run_above_the_threshold_changes_nothing_and_ends_escalated() {
    broken(LIMITS, "b1", "b2", "b3");

    assertThat(boxes.mended).containsExactlyInAnyOrder("b1", "b1", "b2", "b2");
    RunReport report = report("b3");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason())
        .isEqualTo(
            "storm: 2 other runs are changing things in fleet/box, and 2 may at once. Nothing was"
                + " changed by this one");
    assertThat(report.stoppedBy()).isEqualTo("storm/fleet/box");
    assertThat(store.entries(run("b3")))
        .noneMatch(Event.ChangeIntended.class::isInstance)
        .anyMatch(
            entry ->
                entry instanceof Note.GuardrailJudged judged
                    && judged.guardrail().equals("storm")
                    && judged.standing() != null
                    && judged.standing().used() == 2);
  }

  @Test
  void people_hear_at_once_of_the_first_and_once_of_all_when_the_storm_is_over() {
    broken(LIMITS, "b1", "b2", "b3", "b4", "b5");

    assertThat(titles()).containsExactly("Storm in fleet/box: b3 escalated");
    timers.advanceTo(NOON.plusSeconds(119));
    assertThat(titles()).hasSize(1);
    timers.advanceTo(NOON.plusSeconds(121));

    assertThat(titles())
        .containsExactly(
            "Storm in fleet/box: b3 escalated",
            "Storm in fleet/box: 3 incidents were not acted on");
    RunReport.Notification digest = sent.getLast();
    assertThat(digest.channels()).containsOnlyKeys("mail");
    assertThat(digest.fields()).containsEntry("classes", "broken").containsEntry("incidents", "3");
    assertThat(digest.attachments().get("incidents"))
        .isEqualTo(
            """
            run-b3  box/b3  broken  mend_box
            run-b4  box/b4  broken  mend_box
            run-b5  box/b5  broken  mend_box\
            """);
    assertThat(store.undelivered()).isEmpty();
  }

  @Test
  void a_storm_that_goes_on_is_told_of_again_when_its_window_ends() {
    broken(LIMITS, "b1", "b2");
    for (int minute = 0; minute < 10; minute++) {
      broken(LIMITS, "c" + minute);
      timers.advanceTo(timers.clock().instant().plus(Duration.ofMinutes(1)));
    }
    assertThat(titles())
        .containsExactly(
            "Storm in fleet/box: c0 escalated",
            "Storm in fleet/box: 10 incidents were not acted on");

    broken(LIMITS, "d");

    assertThat(titles()).hasSize(3).last().isEqualTo("Storm in fleet/box: d escalated");
  }

  @Test
  void one_incident_alone_is_told_once() {
    broken(LIMITS, "b1", "b2", "b3");
    timers.advanceTo(NOON.plusSeconds(1200));

    assertThat(titles()).containsExactly("Storm in fleet/box: b3 escalated");
    assertThat(store.undelivered()).isEmpty();
  }

  @Test
  void places_and_the_digest_outlive_a_restart() {
    broken(LIMITS, "b1", "b2", "b3", "b4");
    restart();
    broken(LIMITS, "b5");

    assertThat(report("b5").stoppedBy()).isEqualTo("storm/fleet/box");
    assertThat(titles()).hasSize(1);
    restart();
    timers.advanceTo(NOON.plusSeconds(300));
    restart();
    timers.advanceTo(NOON.plusSeconds(600));

    assertThat(titles())
        .containsExactly(
            "Storm in fleet/box: b3 escalated",
            "Storm in fleet/box: 3 incidents were not acted on");
  }

  @Test
  void a_digest_whose_time_comes_while_no_process_runs_is_sent_at_the_next_start() {
    broken(LIMITS, "b1", "b2", "b3", "b4");
    driver.close();
    timers.advanceTo(NOON.plusSeconds(3600));
    assertThat(titles()).hasSize(1);
    restart();

    assertThat(titles()).last().isEqualTo("Storm in fleet/box: 2 incidents were not acted on");
  }

  @Test
  void a_channel_that_is_down_gets_the_digest_later() {
    broken(LIMITS, "b1", "b2", "b3", "b4");
    boxes.mailIsDown = true;
    timers.advanceTo(NOON.plusSeconds(180));
    assertThat(titles()).hasSize(1);
    boxes.mailIsDown = false;
    timers.advanceTo(NOON.plusSeconds(900));

    assertThat(titles()).hasSize(2).last().asString().contains("2 incidents");
    assertThat(store.undelivered()).isEmpty();
  }

  @Test
  void the_place_of_a_run_that_ends_is_free_and_still_counts_in_the_window() {
    broken(LIMITS, "b1", "b2");
    boxes.ready = true;
    timers.advanceTo(NOON.plusSeconds(121));
    assertThat(report("b1").result()).isEqualTo(RunResult.RESOLVED);
    boxes.ready = false;
    broken(LIMITS, "b3", "b4");
    assertThat(boxes.mended).contains("b3", "b4");
    boxes.ready = true;
    timers.advanceTo(NOON.plusSeconds(242));
    boxes.ready = false;
    broken(LIMITS, "b5");

    assertThat(report("b5").reason())
        .startsWith("storm: 4 other runs have changed things in fleet/box within 10m, and 4 may");
    timers.advanceTo(NOON.plusSeconds(601));
    broken(LIMITS, "b6");
    assertThat(boxes.mended).contains("b6");
  }

  @Test
  void what_certainly_did_nothing_takes_nobodys_place() {
    boxes.refuses = true;
    broken(LIMITS, "b1", "b2", "b3");
    boxes.refuses = false;
    broken(LIMITS, "b4", "b5");

    assertThat(boxes.mended).contains("b4", "b5");
  }

  @Test
  void limits_are_those_of_the_run_and_none_hold_nothing_back() {
    broken(StormLimits.NONE, "b1", "b2", "b3");
    broken(StormLimits.of(1, 9, Duration.ofMinutes(10)), "c1", "c2");

    assertThat(boxes.mended).contains("b1", "b2", "b3", "c1").doesNotContain("c2");
  }

  @Test
  void without_configuration_ten_runs_may_change_something_in_one_fleet() {
    String[] names = new String[11];
    for (int i = 0; i < names.length; i++) {
      names[i] = "n" + i;
    }
    broken(StormLimits.DEFAULT, names);

    assertThat(Set.copyOf(boxes.mended)).hasSize(10);
    assertThat(report("n10").reason()).contains("10 other runs are changing things");
  }

  @Test
  void a_limit_of_the_agent_counts_the_changes_of_all_runs_and_calls_a_human_by_its_name() {
    broken(limited(new AgentLimit("changes", 3, Duration.ofHours(1), List.of(), List.of())), "b1");
    broken(limited(new AgentLimit("changes", 3, Duration.ofHours(1), List.of(), List.of())), "b2");

    assertThat(boxes.mended).containsExactly("b1", "b1", "b2");
    RunReport report = report("b2");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("agent/changes");
    assertThat(report.reason())
        .startsWith("`agent/changes`: 3 changes were made within 1h, and 3 may; there is room");
    assertThat(store.entries(run("b2")))
        .anyMatch(
            entry ->
                entry instanceof Note.GuardrailJudged judged
                    && judged.guardrail().equals("agent/changes")
                    && !judged.allowed());
  }

  @Test
  void a_limit_of_the_agent_outlives_a_restart_and_ends_with_its_time() {
    Policy policy =
        limited(new AgentLimit("changes", 2, Duration.ofMinutes(30), List.of(), List.of()));
    broken(policy, "b1");
    restart();
    broken(policy, "b2");
    assertThat(report("b2").stoppedBy()).isEqualTo("agent/changes");

    timers.advanceTo(NOON.plusSeconds(1801));
    broken(policy, "b3");
    assertThat(boxes.mended).contains("b3").doesNotContain("b2");
  }

  @Test
  void a_limit_of_the_agent_counts_apart_what_it_is_told_to_and_only_the_actions_it_names() {
    broken(
        limited(
            new AgentLimit("each", 2, Duration.ofHours(1), List.of("name"), List.of("lab.mend")),
            new AgentLimit("others", 0, Duration.ofHours(1), List.of(), List.of("lab.other"))),
        "b1",
        "b2");

    assertThat(boxes.mended).containsExactly("b1", "b1", "b2", "b2");
  }

  private static Policy limited(AgentLimit... limits) {
    return Policy.ACT.with(StormLimits.NONE).within(List.of(limits));
  }

  private void broken(StormLimits limits, String... names) {
    broken(Policy.ACT.with(limits), names);
  }

  private void broken(Policy policy, String... names) {
    for (String name : names) {
      driver.start(opened(name, policy));
      timers.settle();
    }
  }

  private static RunId run(String box) {
    return new RunId("run-" + box);
  }

  private RunReport report(String box) {
    return Recovered.report(store.entries(run(box))).orElseThrow();
  }

  private List<String> titles() {
    return sent.stream()
        .filter(notice -> notice.channels().containsKey("mail"))
        .map(RunReport.Notification::title)
        .toList();
  }

  private Told told() {
    return new Told(
        store.outbox(),
        timers,
        Map.of(
            "all",
            message -> {
              if (boxes.mailIsDown) {
                throw ChannelException.later("no route to host", null, null);
              }
              sent.add(message.notice());
            }));
  }

  private Driver driver() {
    return new Driver(
        new DriverParts(
            store,
            new ActionRegistry(List.of(boxes)),
            InterpretedCourse.beginning(loader(), new Interpreter(new Evaluator(), Links.NONE)),
            timers,
            new RandomIds(),
            Redactor.SHAPES_ONLY,
            signal -> Optional.empty(),
            List.of(),
            told.dispatch()));
  }

  private static RunbookLoader loader() {
    try (InputStream in = StormTest.class.getResourceAsStream("/catalogues/lab.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new RunbookLoader(
          ActionCatalogueLoader.load(List.of(new SourceFile("lab.yaml", text)))
              .value()
              .orElseThrow());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Event.Opened opened(String name, Policy policy) {
    StructValue box = new StructValue(Map.of("name", Value.of(name)));
    Instant now = timers.clock().instant();
    return new Event.Opened(
        now,
        run(name),
        "mend_box",
        "1.0.0",
        RUNBOOK,
        Mode.LIVE,
        new Signal(
            "box_broken",
            "test",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of("name", name),
            now,
            null,
            name,
            null),
        StructValue.EMPTY,
        box,
        box.with("type", Value.of("box")),
        "box/" + name,
        policy);
  }

  /** Boxes that are broken until somebody says otherwise. */
  private static final class Boxes implements Adapter {
    final List<String> mended = new CopyOnWriteArrayList<>();
    final Set<String> asked = ConcurrentHashMap.newKeySet();
    volatile boolean ready;
    volatile boolean refuses;
    volatile boolean mailIsDown;

    @Override
    public List<Action<?, ?>> actions() {
      return List.of(new Look(), new Mend());
    }

    @Override
    public List<WatchSource> watches() {
      return List.of();
    }

    @Override
    public void close() {}

    private final class Look implements Action.Read<BoxWorld.Look, BoxWorld.Box> {
      @Override
      public String name() {
        return "lab.box";
      }

      @Override
      public Class<BoxWorld.Look> inputType() {
        return BoxWorld.Look.class;
      }

      @Override
      public Class<BoxWorld.Box> outputType() {
        return BoxWorld.Box.class;
      }

      @Override
      public List<String> command(BoxWorld.Look input) {
        return List.of("lab", "get", input.box().name());
      }

      @Override
      public BoxWorld.Box read(BoxWorld.Look input, ActionContext context) {
        // What breaks is broken when it is looked at first.
        boolean known = !asked.add(input.box().name());
        return new BoxWorld.Box(
            input.box().name(), 90, known && ready, null, 3, List.of(), Map.of());
      }
    }

    private final class Mend implements Action.Change<BoxWorld.Mend, BoxWorld.Mended> {
      @Override
      public String name() {
        return "lab.mend";
      }

      @Override
      public Class<BoxWorld.Mend> inputType() {
        return BoxWorld.Mend.class;
      }

      @Override
      public Class<BoxWorld.Mended> outputType() {
        return BoxWorld.Mended.class;
      }

      @Override
      public List<String> command(BoxWorld.Mend input) {
        return List.of("lab", "mend", input.box().name());
      }

      @Override
      public StructValue prepare(BoxWorld.Mend input, ActionContext context) {
        return StructValue.EMPTY;
      }

      @Override
      public Changed<BoxWorld.Mended> change(
          BoxWorld.Mend input, StructValue memo, ActionContext context) throws ActionException {
        if (refuses) {
          throw new ActionException(
              FailureKind.REFUSED, ActionException.Effect.NONE, "not today", null);
        }
        mended.add(input.box().name());
        return new Changed<>(new BoxWorld.Mended(1, 2), true);
      }

      @Override
      public Probe probe(BoxWorld.Mend input, StructValue memo, ActionContext context) {
        return mended.contains(input.box().name()) ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
      }

      @Override
      public boolean repeatable() {
        return false;
      }
    }
  }
}
