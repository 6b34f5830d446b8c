package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.byteport.sim.kubernetes.SimulatedCluster;
import io.byteport.sim.kubernetes.VirtualClock;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import io.byteport.sim.kubernetes.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stories of the demonstration, with the runbook that comes with the program: a process is
 * killed at each write, and once the cluster has been asked for a change; another goes on.
 */
@Tag("chaos")
@Timeout(3600)
class KilledStoriesTest {
  private static final boolean FULL = Boolean.getBoolean("chaos.full");
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final int SAMPLE = 6;

  @TempDir Path temp;

  /** A cluster whose clock other processes move. */
  private record Place(
      Demo demo, String point, Path folder, SimulatedCluster cluster, HttpServer clock)
      implements AutoCloseable {

    static Place open(Demo demo, String point, Path folder) throws IOException {
      Scenario scenario = Scenario.named(demo.world().getOrDefault("cluster", ""));
      VirtualClock time = new VirtualClock(scenario.startAt());
      SimulatedCluster cluster = SimulatedCluster.start(scenario, time);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              byte[] answer =
                  answer(cluster, time, exchange.getRequestURI().getPath().split("/"))
                      .getBytes(StandardCharsets.US_ASCII);
              exchange.sendResponseHeaders(200, answer.length);
              exchange.getResponseBody().write(answer);
            }
          });
      server.start();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
      return new Place(demo, point, folder, cluster, server);
    }

    private static String answer(SimulatedCluster cluster, VirtualClock time, String[] path) {
      return switch (path[1]) {
        case "to" -> {
          Duration by = Duration.between(time.instant(), Instant.parse(path[2]));
          if (!by.isNegative()) {
            cluster.advance(by);
          }
          yield time.instant().toString();
        }
        case "reachable" -> Boolean.toString(cluster.reachable(path[2], Integer.parseInt(path[3])));
        default -> time.instant().toString();
      };
    }

    String clockUrl() {
      return "http://127.0.0.1:" + clock.getAddress().getPort();
    }

    /** What the cluster was asked to change, whatever came of it. */
    List<RecordedRequest> changes() {
      return cluster.changes();
    }

    @Override
    public void close() throws IOException {
      clock.stop(0);
      cluster.close();
    }
  }

  private record Verdict(String result, int writes) {}

  @Test
  void wherever_a_story_is_killed_it_ends_and_changes_the_cluster_as_often_as_ever()
      throws Exception {
    Map<String, Integer> changes = new HashMap<>();
    Map<String, String> results = new HashMap<>();
    List<Place> cells = new ArrayList<>();
    try {
      List<String[]> points = new ArrayList<>();
      for (Demo demo : onPods()) {
        try (Place whole = Place.open(demo, "", temp.resolve("whole-" + demo.name()))) {
          Verdict verdict = begin(whole).getFirst();
          changes.put(demo.name(), whole.changes().size());
          results.put(demo.name(), verdict.result());
          points(demo, verdict.writes(), whole.changes().size(), points);
        }
      }
      if (!FULL) {
        Collections.shuffle(points, new Random(SEED));
        points = points.subList(0, SAMPLE);
      }
      Map<String, Demo> demos = new HashMap<>();
      onPods().forEach(demo -> demos.put(demo.name(), demo));
      for (String[] cell : points) {
        Place place = Place.open(demos.get(cell[0]), cell[1], temp.resolve("cell-" + cells.size()));
        cells.add(place);
        begin(place);
      }
      check(cells, goOn(cells), changes, results);
    } finally {
      for (Place cell : cells) {
        cell.close();
      }
    }
  }

  /** The stories that another process can tell again: a pod of the cluster says it all. */
  private static List<Demo> onPods() {
    return Demo.all().stream()
        .filter(demo -> demo.group().equals("kubernetes"))
        .filter(demo -> demo.incidents().getFirst().labels() == null)
        .toList();
  }

  private static void points(Demo demo, int writes, int changes, List<String[]> points) {
    for (int write = 1; write <= writes; write++) {
      points.add(new String[] {demo.name(), "write:" + write});
      points.add(new String[] {demo.name(), "written:" + write});
    }
    for (int change = 1; change <= changes; change++) {
      points.add(new String[] {demo.name(), "change:" + change});
    }
  }

  private List<Verdict> begin(Place place) throws IOException, InterruptedException {
    Process process =
        start(
            List.of(
                "begin",
                place.point(),
                place.demo().incidents().getFirst().signal(),
                new PlainApi(place.cluster().url()).firstPod("production"),
                place.clockUrl(),
                place.folder().toString()));
    if (place.point().startsWith("change:")) {
      int number = Integer.parseInt(place.point().substring("change:".length()));
      while (process.isAlive() && place.changes().size() < number) {
        process.waitFor(1, TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly();
    }
    return verdicts(process).values().stream().toList();
  }

  private Process start(List<String> arguments) throws IOException {
    return ClusterProcess.java(KilledStory.class.getName(), arguments)
        .redirectError(ProcessBuilder.Redirect.appendTo(temp.resolve("log").toFile()))
        .start();
  }

  private static Map<String, Verdict> verdicts(Process process) throws InterruptedException {
    Map<String, Verdict> verdicts = new HashMap<>();
    process
        .inputReader(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(" "))
        .filter(words -> words[0].equals("verdict"))
        .forEach(
            words -> verdicts.put(words[1], new Verdict(words[2], Integer.parseInt(words[3]))));
    process.waitFor();
    return verdicts;
  }

  private Map<String, Verdict> goOn(List<Place> cells) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("go-on"));
    for (Place cell : cells) {
      arguments.add(cell.clockUrl());
      arguments.add(cell.folder().toString());
    }
    return verdicts(start(arguments));
  }

  private void check(
      List<Place> cells,
      Map<String, Verdict> verdicts,
      Map<String, Integer> changes,
      Map<String, String> results)
      throws IOException {
    List<String> broken = new ArrayList<>();
    Map<String, int[]> table = new TreeMap<>();
    for (Place cell : cells) {
      String story = cell.demo().name();
      Verdict verdict = verdicts.get(cell.folder().getFileName().toString());
      assertThat(verdict).as(Files.readString(temp.resolve("log"))).isNotNull();
      int made = cell.changes().size();
      int[] row =
          table.computeIfAbsent(
              "%-16s %-10s".formatted(story, cell.point().replaceAll(":.*", "")),
              none -> new int[5]);
      row[0]++;
      row[1] += made;
      row[2] += Math.max(0, made - changes.get(story));
      row[3] += verdict.result().equals("unfinished") ? 1 : 0;
      row[4] += verdict.result().equals(results.get(story)) ? 0 : 1;
      String where = story + " killed at " + cell.point() + ": " + verdict + ", changes " + made;
      if (made > changes.get(story) || verdict.result().equals("unfinished")) {
        broken.add(where);
      }
      if (verdict.result().equals("resolved") && made != changes.get(story)) {
        broken.add(where + " is called well");
      }
    }
    StringBuilder text =
        new StringBuilder(
            "story            killed at  cells changes repeats unfinished otherwise\n");
    table.forEach(
        (name, row) ->
            text.append(
                "%s %5d %7d %7d %10d %9d%n"
                    .formatted(name, row[0], row[1], row[2], row[3], row[4])));
    System.out.print(text);
    assertThat(broken).isEmpty();
  }
}
