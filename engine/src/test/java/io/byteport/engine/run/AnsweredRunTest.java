package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.channel.Message;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.outbox.Told;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.ActionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run of a real runbook asks, and is answered through the driver or through the store. */
class AnsweredRunTest {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final RunId RUN = new RunId("run-1");
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
            - id: empty
              uses: lab.drop
              forEach: box.items
              with:
                item: ${item}
            - id: mend
              uses: lab.mend
              with:
                box: ${target}
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

  private SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  private final BoxWorld world = new BoxWorld(false);
  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final List<Message> told = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void an_open_question_is_listed_with_its_plan_until_it_is_answered() {
    try (Driver driver = driver()) {
      driver.start(opened());
      timers.settle();

      Question question = store.questions().getFirst();
      assertThat(question.guardrail()).isEqualTo("agent-autonomy");
      assertThat(question.plan().commands())
          .containsExactly("lab drop i1", "lab drop i2", "lab mend b1");
      assertThat(question.until()).isEqualTo(NOON.plusSeconds(1800));
      assertThat(world.done).isEmpty();

      assertThat(driver.answer(RUN, yes(question.hash()))).isTrue();
      play();

      assertThat(store.questions()).isEmpty();
      assertThat(world.done).containsExactly("drop i1", "drop i2", "mend");
      assertThat(report().result()).isEqualTo(RunResult.RESOLVED);
    }
  }

  @Test
  void people_are_told_of_a_question_once_with_the_plan_and_how_to_answer() {
    try (Driver driver = driver()) {
      driver.start(opened());
      timers.settle();
    }
    try (Driver driver = driver()) {
      driver.recover();
      timers.settle();
    }

    RunReport.Notification notice = told.getFirst().notice();
    assertThat(notice.event()).isEqualTo("approval");
    assertThat(notice.channels()).as("whoever is asked for approvals").isEmpty();
    assertThat(notice.attachments().get("plan")).contains("lab drop i1", "lab mend b1");
    assertThat(notice.commands().getFirst())
        .isEqualTo(
            "byteport approve "
                + RUN
                + " --hash "
                + store.questions().getFirst().hash().substring(0, 12));
    assertThat(notice.fields()).containsEntry("answer until", NOON.plusSeconds(1800).toString());
    assertThat(told).hasSize(1);
  }

  @Test
  void a_yes_to_another_plan_is_written_down_and_the_question_stays_open() {
    try (Driver driver = driver()) {
      driver.start(opened());
      timers.settle();
      Question before = store.questions().getFirst();

      assertThat(driver.answer(RUN, yes("0".repeat(64)))).isTrue();
      timers.settle();

      assertThat(store.entries(RUN)).anyMatch(Note.AnswerIgnored.class::isInstance);
      assertThat(store.questions()).extracting(Question::hash).containsExactly(before.hash());
      assertThat(world.done).isEmpty();
      assertThat(driver.answer(RUN, yes(before.hash()))).isTrue();
      play();
      assertThat(world.done).hasSize(3);
    }
  }

  @Test
  void a_run_that_an_earlier_process_left_asking_finds_its_answer_in_the_inbox() {
    try (Driver first = driver()) {
      first.start(opened());
      timers.settle();
    }
    Question question = store.questions().getFirst();
    assertThat(store.post(RUN, yes(question.hash()))).isTrue();

    try (Driver second = driver()) {
      second.recover();
      play();
    }

    assertThat(world.done).containsExactly("drop i1", "drop i2", "mend");
    assertThat(store.inbox(RUN)).isEmpty();
    assertThat(report().result()).isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void a_no_in_the_inbox_says_who_and_why() {
    try (Driver driver = driver()) {
      driver.start(opened());
      timers.settle();
    }
    assertThat(
            store.post(
                RUN,
                new Event.Approved(
                    NOON, "agent-autonomy", false, "anna", null, "not during the sale")))
        .isTrue();

    try (Driver driver = driver()) {
      driver.recover();
      play();
    }

    assertThat(world.done).isEmpty();
    assertThat(report().result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report().reason())
        .isEqualTo("The plan was not approved: declined by anna: not during the sale");
    assertThat(report().notices().getFirst().commands())
        .startsWith("lab drop i1", "lab drop i2", "lab mend b1");
    assertThat(store.questions()).isEmpty();
  }

  @Test
  void a_run_that_waits_for_its_answer_finds_the_one_that_another_process_left() {
    StoreAddress address = Postgres.freshDatabase();
    store.close();
    store = Postgres.trusting(address, "asking");
    try (Driver driver = driver();
        SqlRunStore other = Postgres.trusting(address, "answering")) {
      driver.start(opened());
      timers.settle();
      Question question = other.questions().getFirst();
      timers.advanceTo(NOON.plusSeconds(60));
      assertThat(world.done).isEmpty();
      assertThat(other.post(RUN, yes(question.hash()))).isTrue();
      timers.advanceTo(NOON.plusSeconds(62));

      assertThat(world.done).contains("drop i1", "drop i2");
      timers.advanceTo(NOON.plusSeconds(300));
      assertThat(report().result()).isEqualTo(RunResult.RESOLVED);
      assertThat(other.inbox(RUN)).isEmpty();
    }
  }

  private RunReport report() {
    return Recovered.report(store.entries(RUN)).orElseThrow();
  }

  private static Event.Approved yes(String hash) {
    return new Event.Approved(NOON, "agent-autonomy", true, "anna", hash, null);
  }

  private void play() {
    timers.settle();
    for (int steps = 0; steps < 100 && timers.advanceToNext(); steps++) {}
  }

  private Driver driver() {
    return new Driver(
        new DriverParts(
            store,
            new ActionRegistry(List.of(world)),
            InterpretedCourse.beginning(loader(), new Interpreter(new Evaluator(), Links.NONE)),
            timers,
            new TestIds("a"),
            Redactor.SHAPES_ONLY,
            signal -> Optional.empty(),
            List.of(),
            new Told(store.outbox(), timers, Map.of("chat", told::add)).dispatch()));
  }

  static RunbookLoader loader() {
    try (InputStream in = AnsweredRunTest.class.getResourceAsStream("/catalogues/lab.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new RunbookLoader(
          ActionCatalogueLoader.load(List.of(new SourceFile("lab.yaml", text)))
              .value()
              .orElseThrow());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Event.Opened opened() {
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
        "box/b1",
        Policy.of(Autonomy.APPROVE));
  }
}
