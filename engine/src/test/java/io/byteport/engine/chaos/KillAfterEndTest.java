package io.byteport.engine.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed around the end of a run, when the last writes meet those that the database
 * makes on its own.
 */
@Tag("chaos")
@Timeout(3600)
class KillAfterEndTest {
  private static final int KILLS =
      Integer.getInteger("chaos.kills", Boolean.getBoolean("chaos.full") ? 64 : 12);
  private static final long SEED = Long.getLong("chaos.seed", 1);

  @TempDir Path temp;

  private WorldServer world;

  @Test
  void a_folder_can_be_read_whenever_its_process_was_killed_around_the_end_of_a_run()
      throws Exception {
    try (WorldServer server = new WorldServer(Duration.ofMillis(5));
        ExecutorService two = Executors.newFixedThreadPool(2)) {
      world = server;
      List<Callable<String>> lives = new ArrayList<>();
      Random random = new Random(SEED);
      for (int i = 0; i < KILLS; i++) {
        String point = "noticed:1" + (i % 4 == 0 ? "" : "+" + random.nextInt(400_000));
        String name = "end-" + i;
        lives.add(() -> live(name, point));
      }
      Map<String, String> broken = new TreeMap<>();
      for (Future<String> life : two.invokeAll(lives)) {
        String[] said = life.get().split(" ", 2);
        if (said.length > 1) {
          broken.put(said[0], said[1]);
        }
      }
      System.out.println(KILLS + " killed around the end, " + broken.size() + " unreadable");
      assertThat(broken).isEmpty();
    }
  }

  /** The folder's name, and what the next process said where it did not find the end of the run. */
  private String live(String name, String point) throws IOException {
    ChainCourse.Plan plan =
        new ChainCourse.Plan(3, 3, Duration.ofHours(100_000), "", Duration.ofSeconds(5));
    run(name, "begin", point, plan.text());
    List<Carrier.Verdict> found = run(name, "go-on", "");
    if (found.size() == 1
        && found.getFirst().result().equals("resolved")
        && found.getFirst().over()) {
      return name;
    }
    return name + " killed at " + point + ": " + found + Files.readString(log(name));
  }

  private List<Carrier.Verdict> run(String name, String what, String point, String... plan) {
    List<String> arguments =
        new ArrayList<>(List.of(what, Integer.toString(world.port()), "false", point));
    arguments.add(temp.resolve(name).toString());
    arguments.addAll(List.of(plan));
    try (Jvm jvm = Jvm.start(Carrier.class, log(name), arguments)) {
      return Carrier.Verdict.among(jvm.rest());
    }
  }

  private Path log(String name) {
    return temp.resolve(name + ".log");
  }
}
