package io.byteport.engine.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.run.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replica is suspended just before it changes something, and another takes its run over. */
@Tag("chaos")
@Timeout(300)
class LateChangeTest {
  private static final ChainCourse.Plan PLAN =
      new ChainCourse.Plan(1, 1, Duration.ofHours(1), "", Duration.ofMillis(100));
  private static final RunId RUN = new RunId("late");

  @TempDir Path temp;

  @Test
  void a_change_that_is_late_since_the_intent_was_written_is_not_made() throws Exception {
    Story story = tell("reserved:1", false);

    assertThat(story.refusals()).anyMatch(refusal -> refusal.startsWith("replica-1 "));
    assertThat(story.changes()).isZero();
    assertThat(story.used()).isEqualTo(1);
    assertThat(story.result()).isEqualTo("escalated");
  }

  @Test
  void a_change_that_may_be_repeated_is_made_once_by_the_other_replica() throws Exception {
    Story story = tell("reserved:1", true);

    assertThat(story.refusals()).anyMatch(refusal -> refusal.startsWith("replica-1 "));
    assertThat(story.changes()).isEqualTo(1);
    assertThat(story.result()).isEqualTo("resolved");
  }

  /** Nobody can call a request back that is about to leave: it must be counted at least. */
  @Test
  void a_change_that_was_suspended_on_its_way_out_stays_counted() throws Exception {
    Story story = tell("call:1", false);

    assertThat(story.changes()).isLessThanOrEqualTo(1);
    assertThat(story.used()).isEqualTo(1);
    assertThat(story.result()).isEqualTo("escalated");
  }

  private record Story(List<String> refusals, int changes, int used, String result) {}

  private Story tell(String point, boolean repeatable) throws Exception {
    StoreAddress address = Postgres.freshDatabase();
    try (WorldServer world = new WorldServer(Duration.ofMillis(20));
        Replicas replicas = new Replicas(world, address, temp.resolve("log"));
        SqlRunStore store = SqlRunStore.shared(address, Redactor.SHAPES_ONLY, "onlooker")) {
      replicas.repeatable(repeatable);
      replicas.start(point);
      replicas.open(0, RUN.value(), "api", PLAN);
      await("the first begins", () -> store.run(RUN).isPresent());
      replicas.start("");
      await("the run ends", () -> result(store).isPresent());
      await("the first comes back", () -> !world.refusals().isEmpty());
      TimeUnit.SECONDS.sleep(1);
      return new Story(
          world.refusals(),
          world.changes().size(),
          store
              .check(new RunId("x"), List.of(PLAN.limit("api")), Instant.now(), false)
              .getFirst()
              .used(),
          result(store).orElseThrow());
    }
  }

  private static Optional<String> result(SqlRunStore store) {
    return store.run(RUN).filter(run -> run.finishedAt() != null).map(RunSummary::result);
  }

  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
