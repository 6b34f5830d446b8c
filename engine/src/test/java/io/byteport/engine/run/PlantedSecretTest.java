package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreCheck;
import io.byteport.engine.outbox.Told;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A secret that an action uses, and then says everywhere that it can, is seen nowhere. */
class PlantedSecretTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String VALUE = "blue-giraffe-in-June";
  private static final RunId RUN = new RunId("run-1");

  private final KnownSecrets known = new KnownSecrets();
  private final Redactor redactor = Redactor.SHAPES_ONLY.learning(known);
  private final Secret secret = new Secret("a test", () -> VALUE, known::add);
  private final SqlRunStore store = SqlRunStore.inMemory(redactor);
  private final World world = new World();
  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final List<JournalEntry> heard = new CopyOnWriteArrayList<>();
  private final List<String> sent = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  private RunReport play() {
    Driver driver =
        new Driver(
            new DriverParts(
                store,
                world.registry(),
                RepairCourse::before,
                timers,
                new TestIds("t"),
                redactor,
                signal -> Optional.empty(),
                List.of((run, entry) -> heard.add(entry)),
                new Told(
                        store.outbox(),
                        timers,
                        redactor,
                        Map.of("all", message -> sent.add(message.toString())))
                    .dispatch()));
    driver.start(RepairCourse.opened("run-1", "svc/api", NOON));
    for (int steps = 0; steps < 200 && timers.advanceToNext(); steps++) {}
    return driver.done(RUN).toCompletableFuture().join();
  }

  private void assertSecretIsNowhere(RunReport report) {
    JournalCodec plain = new JournalCodec(Redactor.SHAPES_ONLY);
    StringBuilder all = new StringBuilder();
    store.entries(RUN).forEach(entry -> all.append(plain.write(entry)).append('\n'));
    heard.forEach(entry -> all.append(plain.write(entry)).append('\n'));
    all.append(sent).append(report);
    String base64 = Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8));
    assertThat(all).doesNotContain(VALUE).doesNotContain(base64.substring(0, 20));
    assertThat(all).contains("[redacted]");
  }

  @Test
  void in_what_an_action_says() {
    world.speaker = progress -> progress.says("logging in with " + secret.reveal());

    RunReport report = play();

    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(said()).contains("logging in with [redacted]");
    assertThat(heard).isEqualTo(store.entries(RUN));
    assertSecretIsNowhere(report);
  }

  @Test
  void in_why_an_action_failed() {
    world.beforeRestart =
        () -> {
          throw ActionException.refused(
              FailureKind.FORBIDDEN, "access denied for user:" + secret.reveal() + "@db");
        };

    RunReport report = play();

    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertSecretIsNowhere(report);
  }

  @Test
  void in_a_defect_of_an_action() {
    world.beforeRestart =
        () -> {
          String value = secret.reveal();
          throw new IllegalStateException(
              "cannot parse "
                  + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        };

    assertSecretIsNowhere(play());
  }

  @Test
  void in_why_a_change_was_not_prepared() {
    world.onPrepare =
        () -> {
          throw ActionException.refused(FailureKind.INVALID, "cannot use " + secret.reveal());
        };

    assertSecretIsNowhere(play());
  }

  @Test
  void what_is_said_stands_before_what_came_of_it() {
    world.speaker = progress -> progress.says("evicting api-1");

    play();

    List<JournalEntry> entries = store.entries(RUN);
    int intent = indexOf(entries, Event.ChangeIntended.class);
    int outcome = indexOf(entries, Event.ChangeFinished.class);
    assertThat(entries.subList(intent, outcome))
        .filteredOn(Note.Said.class::isInstance)
        .singleElement()
        .isEqualTo(new Note.Said(NOON, "restart", List.of("evicting api-1")));
    assertThat(new StoreCheck(store, RepairCourse::before).findings()).isEmpty();
  }

  private static int indexOf(List<JournalEntry> entries, Class<?> type) {
    return entries.indexOf(entries.stream().filter(type::isInstance).findFirst().orElseThrow());
  }

  private List<String> said() {
    return store.entries(RUN).stream()
        .filter(Note.Said.class::isInstance)
        .flatMap(entry -> ((Note.Said) entry).lines().stream())
        .toList();
  }
}
