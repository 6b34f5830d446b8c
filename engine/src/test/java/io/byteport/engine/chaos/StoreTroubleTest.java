package io.byteport.engine.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.run.RunId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the journal cannot be written nothing is changed; afterwards the work goes on by itself.
 */
@Tag("chaos")
@Timeout(300)
class StoreTroubleTest {
  private static final int INCIDENTS = 30;
  private static final ChainCourse.Plan PLAN =
      new ChainCourse.Plan(2, 2, Duration.ofHours(1), "", Duration.ofMillis(100));

  /** So many that their journal does not fit. */
  private static final ChainCourse.Plan MANY =
      new ChainCourse.Plan(40, 100, Duration.ofHours(100_000), "", Duration.ofSeconds(1));

  @TempDir Path temp;

  private final StoreAddress direct = Postgres.freshDatabase();
  private final WorldServer world = new WorldServer(Duration.ofMillis(20));
  private Proxy proxy;
  private SqlRunStore onlooker;

  @BeforeEach
  void open() {
    proxy = new Proxy(uri().getPort());
    onlooker = SqlRunStore.shared(direct, Redactor.SHAPES_ONLY, "onlooker");
  }

  @AfterEach
  void close() throws Exception {
    onlooker.close();
    proxy.close();
    world.close();
  }

  private URI uri() {
    return URI.create(direct.jdbcUrl().substring("jdbc:".length()));
  }

  private StoreAddress throughProxy() {
    return new StoreAddress(
        "jdbc:postgresql://localhost:" + proxy.port() + uri().getPath(),
        direct.user(),
        direct.password(),
        direct.connections(),
        direct.lease());
  }

  @Test
  void while_the_database_is_away_nothing_is_changed_and_then_the_work_goes_on() throws Exception {
    try (Replicas replicas = replicas()) {
      await("the work has begun", () -> world.changes().size() > 3);
      proxy.goAway();
      // What was on its way arrives.
      TimeUnit.MILLISECONDS.sleep(500);
      int before = world.changes().size();
      TimeUnit.SECONDS.sleep(6);
      assertThat(world.changes()).hasSize(before);
      proxy.comeBack();
      everythingEnds();
      assertThat(replicas.size()).isEqualTo(1);
    }
  }

  @Test
  void a_connection_that_is_cut_in_a_transaction_repeats_no_change() throws Exception {
    try (Replicas replicas = replicas()) {
      for (String words : List.of("insert into ledger", "insert into journal_entry", "COMMIT")) {
        int cuts = proxy.cuts();
        proxy.cutAt(words);
        await("cut at " + words, () -> proxy.cuts() >= cuts + 2);
        proxy.cutAt("");
        TimeUnit.MILLISECONDS.sleep(300);
      }
      everythingEnds();
      assertThat(replicas.size()).isEqualTo(1);
    }
  }

  private Replicas replicas() {
    Replicas replicas = new Replicas(world, throughProxy(), temp.resolve("log"));
    replicas.start("");
    for (int i = 0; i < INCIDENTS; i++) {
      replicas.open(0, "r" + i, "service-" + i, PLAN);
    }
    return replicas;
  }

  private void everythingEnds() throws InterruptedException {
    await(
        "all runs end", () -> onlooker.unfinished().isEmpty() && onlooker.undelivered().isEmpty());
    Set<String> intents = new HashSet<>();
    for (WorldServer.Change change : world.changes()) {
      assertThat(intents.add(change.intent())).as("made once: " + change).isTrue();
      assertThat(onlooker.run(new RunId(change.run()))).isPresent();
    }
    for (RunSummary run : onlooker.runs(INCIDENTS + 1)) {
      int made = world.changesOf(run.target()).size();
      assertThat(made).as(run.toString()).isLessThanOrEqualTo(2);
      assertThat("resolved".equals(run.result()) && made != 2).as(run + " made " + made).isFalse();
    }
    assertThat(onlooker.runs(INCIDENTS + 1)).isNotEmpty();
  }

  @Test
  void while_the_disk_is_full_nothing_is_changed_and_the_next_process_goes_on() throws Exception {
    Path folder = temp.resolve("full");
    try (Jvm jvm = untilTheDiskIsFull(folder)) {
      jvm.signal("KILL");
    }
    try (Jvm jvm =
        Jvm.start(
            Carrier.class,
            temp.resolve("log"),
            List.of("go-on", Integer.toString(world.port()), "false", "", folder.toString()))) {
      everythingWasDoneOnce(jvm);
    }
  }

  @Test
  void when_the_disk_has_room_again_the_same_process_goes_on() throws Exception {
    try (Jvm jvm = untilTheDiskIsFull(temp.resolve("full"))) {
      assertThat(
              new ProcessBuilder(
                      "prlimit", "--fsize=unlimited", "--pid", Long.toString(jvm.process().pid()))
                  .start()
                  .waitFor())
          .isZero();
      everythingWasDoneOnce(jvm);
    }
  }

  /** The files of the state cannot grow over a limit that the system sets. */
  private Jvm untilTheDiskIsFull(Path folder) throws InterruptedException {
    Jvm jvm =
        Jvm.start(
            // Blocks of 512 or 1024 bytes, as the shell has it: the state outgrows it either way.
            List.of("sh", "-c", "trap '' XFSZ; ulimit -S -f 300; exec \"$0\" \"$@\""),
            Carrier.class,
            temp.resolve("log"),
            List.of(
                "begin",
                Integer.toString(world.port()),
                "false",
                "",
                folder.toString(),
                MANY.text()));
    await("the work has begun", () -> !world.changes().isEmpty());
    await("the disk is full", this::standsStill);
    int before = world.changes().size();
    assertThat(before).isLessThan(MANY.changes());
    TimeUnit.SECONDS.sleep(3);
    assertThat(world.changes()).hasSize(before);
    assertThat(jvm.process().isAlive()).isTrue();
    return jvm;
  }

  private void everythingWasDoneOnce(Jvm jvm) {
    Carrier.Verdict verdict = Carrier.Verdict.among(jvm.rest()).getLast();
    assertThat(verdict.over()).as(verdict.toString()).isTrue();
    assertThat(verdict.used()).isEqualTo(verdict.counted());
    assertThat(verdict.used()).isEqualTo(world.changes().size());
    assertThat(world.changes()).extracting(WorldServer.Change::intent).doesNotHaveDuplicates();
  }

  private boolean standsStill() {
    int before = world.changes().size();
    try {
      TimeUnit.SECONDS.sleep(3);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return world.changes().size() == before;
  }

  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
