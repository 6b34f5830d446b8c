package io.byteport.engine.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.StoreAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replicas of one PostgreSQL are killed and suspended while they work on many incidents. */
@Tag("chaos")
@Timeout(3600)
class ReplicaStormTest {
  private static final boolean FULL = Boolean.getBoolean("chaos.full");
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final int INCIDENTS = FULL ? 2_000 : 200;
  private static final int TARGETS = FULL ? 300 : 60;
  private static final int ZONES = 3;

  /** Shared by all targets of a zone. */
  private static final int LIMIT = 20;

  private static final Duration WINDOW = Duration.ofSeconds(6);

  @TempDir Path temp;

  private final StoreAddress database = Postgres.freshDatabase();

  @Test
  void two_replicas_that_are_killed_and_suspended_never_work_against_each_other() throws Exception {
    storm(2);
  }

  @Test
  void three_replicas_that_are_killed_and_suspended_never_work_against_each_other()
      throws Exception {
    storm(3);
  }

  private void storm(int size) throws Exception {
    try (WorldServer world = new WorldServer(Duration.ofMillis(20));
        Replicas replicas = new Replicas(world, database, temp.resolve("log"))) {
      for (int i = 0; i < size; i++) {
        replicas.start("");
      }
      Thread trouble = Thread.ofPlatform().daemon().start(() -> trouble(replicas));
      Random random = new Random(SEED + size);
      int attempts = 0;
      Set<String> open = new HashSet<>();
      for (int i = 0; i < INCIDENTS; i++) {
        open.add("i" + i);
      }
      while (!open.isEmpty()) {
        int attempt = attempts++;
        for (String incident : open) {
          int target = Math.floorMod(incident.hashCode() * 31, TARGETS);
          replicas.open(
              random.nextInt(size), incident + "." + attempt, "t" + target, plan(target % ZONES));
          TimeUnit.MILLISECONDS.sleep(FULL ? 20 : 40);
        }
        TimeUnit.SECONDS.sleep(4);
        open.removeIf(incident -> replicas.hasOpened(incident + "." + attempt));
      }
      trouble.interrupt();
      trouble.join();
      await("all runs end", () -> count("select count(*) from run where finished_at is null") == 0);
      await(
          "all reports are delivered",
          () -> count("select count(*) from run where delivered = false") == 0);
      check(world, size);
    }
  }

  private static ChainCourse.Plan plan(int zone) {
    return new ChainCourse.Plan(1, LIMIT, WINDOW, "zone-" + zone, Duration.ofMillis(500));
  }

  /** Kills and suspends replicas, one at a time, as the seed says. */
  private static void trouble(Replicas replicas) {
    Random random = new Random(SEED);
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000, 3_000));
        int victim = random.nextInt(replicas.size());
        if (random.nextInt(3) == 0) {
          replicas.killAndRestart(victim);
        } else {
          replicas.suspend(victim, random.nextInt(2_300, 4_000));
        }
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void check(WorldServer world, int size) throws SQLException {
    List<String> broken = new ArrayList<>();
    Map<String, Instant> counted = counted();
    Map<String, Instant> ends = ends();
    Set<String> seen = new HashSet<>();
    List<WorldServer.Change> changes = world.changes();
    for (WorldServer.Change change : changes) {
      if (!seen.add(change.intent())) {
        broken.add("made twice: " + change);
      }
      if (!counted.containsKey(change.intent())) {
        broken.add("made and not counted: " + change);
      }
      Instant end = ends.get(change.run());
      if (end == null || change.end().isAfter(end)) {
        broken.add("made after its run had ended at " + end + ": " + change);
      }
    }
    overlaps(changes, broken);
    for (int zone = 0; zone < ZONES; zone++) {
      int group = zone;
      limits(
          changes.stream()
              .filter(change -> Integer.parseInt(change.service().substring(1)) % ZONES == group)
              .map(change -> counted.getOrDefault(change.intent(), change.start()))
              .sorted()
              .toList(),
          broken);
    }
    Map<String, Long> refused = new HashMap<>();
    world.refusals().forEach(r -> refused.merge(r.replaceAll(".* ", ""), 1L, Long::sum));
    System.out.printf(
        "%d replicas: %d runs, %d changes, refused to processes that lost them: %s%n",
        size, ends.size(), changes.size(), refused);
    assertThat(broken).isEmpty();
    assertThat(changes).isNotEmpty();
    assertThat(FULL && refused.isEmpty()).as("no suspended replica ever came late").isFalse();
  }

  private static void overlaps(List<WorldServer.Change> changes, List<String> broken) {
    for (WorldServer.Change one : changes) {
      for (WorldServer.Change other : changes) {
        if (!one.equals(other)
            && one.service().equals(other.service())
            && !one.start().isAfter(other.start())
            && one.end().isAfter(other.start())) {
          broken.add("at the same time: " + one + " and " + other);
        }
      }
    }
  }

  /** No window holds more than the limit. */
  private static void limits(List<Instant> times, List<String> broken) {
    for (int i = LIMIT; i < times.size(); i++) {
      Duration between = Duration.between(times.get(i - LIMIT), times.get(i));
      if (between.compareTo(WINDOW) < 0) {
        broken.add((LIMIT + 1) + " changes within " + between + " at " + times.get(i));
      }
    }
  }

  /** When the intents were counted that still count. */
  private Map<String, Instant> counted() throws SQLException {
    return times("select intent, at from ledger where released = false");
  }

  private Map<String, Instant> ends() throws SQLException {
    return times("select id, finished_at from run");
  }

  private Map<String, Instant> times(String query) throws SQLException {
    Map<String, Instant> times = new HashMap<>();
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        times.put(rows.getString(1), rows.getObject(2, OffsetDateTime.class).toInstant());
      }
    }
    return times;
  }

  private long count(String query) {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }
}
