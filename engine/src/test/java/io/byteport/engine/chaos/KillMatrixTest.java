package io.byteport.engine.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed at each point of a run, and another goes on from the folder that it left. */
@Tag("chaos")
@Timeout(3600)
class KillMatrixTest {
  private static final boolean FULL = Boolean.getBoolean("chaos.full");
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final int SAMPLE = 20;
  private static final Duration HOUR = Duration.ofHours(100_000);

  @TempDir Path temp;

  private record Scenario(String name, boolean repeatable, ChainCourse.Plan plan) {}

  private record Cell(Scenario scenario, String point, Path folder) {
    String name() {
      return folder.getFileName().toString();
    }
  }

  private static final List<Scenario> SCENARIOS =
      List.of(
          new Scenario("one change", false, plan(1, 1)),
          new Scenario("one change, repeatable", true, plan(1, 1)),
          new Scenario("three changes", false, plan(3, 3)),
          new Scenario("three changes, repeatable", true, plan(3, 3)),
          new Scenario("the limit refuses the third", false, plan(3, 2)));

  private static ChainCourse.Plan plan(int changes, int limit) {
    return new ChainCourse.Plan(changes, limit, HOUR, "", Duration.ofSeconds(5));
  }

  @Test
  void wherever_a_process_is_killed_the_run_ends_and_makes_each_change_at_most_once()
      throws Exception {
    try (WorldServer world = new WorldServer(Duration.ofMillis(15))) {
      List<Cell> cells = cells(world);
      kill(world, cells);
      Table table = new Table();
      Map<String, Carrier.Verdict> verdicts = goOn(world, cells, table);
      for (Cell cell : cells) {
        check(world, cell, verdicts.get(cell.name()), table);
      }
      System.out.print(table);
      table.holds();
    }
  }

  /** Each survives three writes; whatever it knew and did not write is gone. */
  @Test
  void a_run_whose_processes_all_die_early_still_ends() throws Exception {
    try (WorldServer world = new WorldServer(Duration.ofMillis(5))) {
      Table table = new Table();
      for (Scenario scenario : FULL ? SCENARIOS : SCENARIOS.subList(2, 4)) {
        Path folder = temp.resolve("stairs-" + SCENARIOS.indexOf(scenario));
        Cell cell = new Cell(scenario, "every third write", folder);
        List<Carrier.Verdict> said = run(world, cell, "begin", "written:4");
        for (int lives = 0; said.isEmpty() && lives < 40; lives++) {
          said = run(world, cell, "go-on", "written:3");
        }
        if (said.isEmpty()) {
          said = run(world, cell, "go-on", "");
        }
        check(world, cell, said.getLast(), table);
      }
      System.out.print(table);
      table.holds();
    }
  }

  private List<Cell> cells(WorldServer world) {
    List<Cell> cells = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      Cell whole = new Cell(scenario, "", temp.resolve("whole-" + SCENARIOS.indexOf(scenario)));
      Carrier.Verdict verdict = run(world, whole, "begin", "").getLast();
      assertThat(verdict.over()).isTrue();
      int changes = world.changesOf(whole.name()).size();
      assertThat(changes).isEqualTo(Math.min(scenario.plan().changes(), scenario.plan().limit()));
      for (String point : points(verdict.writes(), changes)) {
        cells.add(new Cell(scenario, point, temp.resolve("cell-" + cells.size())));
      }
    }
    if (!FULL) {
      Collections.shuffle(cells, new Random(SEED));
      return cells.subList(0, SAMPLE);
    }
    return cells;
  }

  private static List<String> points(int writes, int changes) {
    Random random = new Random(SEED);
    List<String> points = new ArrayList<>();
    for (int write = 1; write <= writes; write++) {
      points.add("write:" + write);
      points.add("written:" + write);
      points.add("write:" + write + "+" + random.nextInt(200, 4_000));
    }
    for (int change = 1; change <= changes; change++) {
      for (String kind : List.of("prepare", "reserved", "call", "sent", "answered", "settle")) {
        points.add(kind + ":" + change);
      }
    }
    points.add("notice:1");
    points.add("noticed:1");
    return points;
  }

  private void kill(WorldServer world, List<Cell> cells) throws InterruptedException {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<List<Carrier.Verdict>>> runs = new ArrayList<>();
      for (Cell cell : cells) {
        runs.add(two.submit(() -> run(world, cell, "begin", cell.point())));
      }
      for (int i = 0; i < runs.size(); i++) {
        // A kill "some time after" a write may come after the end of the run.
        boolean late = cells.get(i).point().contains("+");
        assertThat(late || runs.get(i).get().isEmpty()).as(cells.get(i) + " is killed").isTrue();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Carrier.Verdict> run(WorldServer world, Cell cell, String what, String point) {
    List<String> arguments = arguments(world, what, cell.scenario().repeatable(), point);
    arguments.add(cell.folder().toString());
    arguments.add(cell.scenario().plan().text());
    if (what.equals("go-on")) {
      arguments.removeLast();
    }
    try (Jvm jvm = Jvm.start(Carrier.class, temp.resolve("log"), arguments)) {
      return Carrier.Verdict.among(jvm.rest());
    }
  }

  private static List<String> arguments(
      WorldServer world, String what, boolean repeatable, String point) {
    return new ArrayList<>(
        List.of(what, Integer.toString(world.port()), Boolean.toString(repeatable), point));
  }

  /** A second process for all cells whose actions are alike; it is to come to the end of them. */
  private Map<String, Carrier.Verdict> goOn(WorldServer world, List<Cell> cells, Table table) {
    Map<String, Carrier.Verdict> verdicts = new LinkedHashMap<>();
    for (boolean repeatable : new boolean[] {false, true}) {
      List<Cell> left = new ArrayList<>(cells);
      left.removeIf(cell -> cell.scenario().repeatable() != repeatable);
      for (int processes = 0; !left.isEmpty() && processes < 20; processes++) {
        List<String> arguments = arguments(world, "go-on", repeatable, "");
        left.forEach(cell -> arguments.add(cell.folder().toString()));
        Path log = temp.resolve("log-" + repeatable + "-" + processes);
        try (Jvm jvm = Jvm.start(Carrier.class, log, arguments)) {
          for (Carrier.Verdict verdict : Carrier.Verdict.among(jvm.rest())) {
            verdicts.put(verdict.name(), verdict);
          }
        }
        left.removeIf(cell -> verdicts.containsKey(cell.name()));
        if (!left.isEmpty()) {
          table.expect(false, "a process broke off at " + left.getFirst() + ": " + end(log));
        }
      }
    }
    return verdicts;
  }

  private static String end(Path log) {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - 2_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(WorldServer world, Cell cell, Carrier.Verdict verdict, Table table) {
    String where = cell.scenario().name() + ", killed at " + cell.point() + ": " + verdict;
    assertThat(verdict).as(where).isNotNull();
    List<WorldServer.Change> changes = world.changesOf(cell.name());
    long intents = changes.stream().map(WorldServer.Change::intent).distinct().count();
    table.count(cell, changes.size(), changes.size() - intents, verdict.over());
    if (verdict.result().equals("never")) {
      table.expect(changes.isEmpty(), where + ": a run that was never opened changes nothing");
      return;
    }
    table.expect(verdict.over(), where + ": it ends");
    table.expect(intents == changes.size(), where + ": no intent is carried out twice");
    table.expect(
        changes.size()
            <= Math.min(cell.scenario().plan().changes(), cell.scenario().plan().limit()),
        where + ": " + changes.size() + " changes are too many");
    table.expect(verdict.used() == verdict.counted(), where + ": the ledger counts the intents");
    table.expect(verdict.used() == changes.size(), where + ": made " + changes.size());
    table.expect(
        !verdict.result().equals("resolved") || changes.size() == cell.scenario().plan().changes(),
        where + ": nothing is called well that was not done");
    table.expect(
        world.notices().stream().anyMatch(notice -> notice.startsWith(cell.name() + " ")),
        where + ": it is reported");
  }

  /** What was tried, by scenario and kind of point, and what did not hold. */
  private static final class Table {
    private final Map<String, long[]> rows = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();

    void count(Cell cell, int changes, long repeats, boolean over) {
      String kind =
          cell.point().contains("+") ? "during write" : cell.point().replaceAll(":.*", "");
      long[] row =
          rows.computeIfAbsent(
              "%-28s %-18s".formatted(cell.scenario().name(), kind), none -> new long[4]);
      row[0]++;
      row[1] += changes;
      row[2] += repeats;
      row[3] += over ? 0 : 1;
    }

    void expect(boolean holds, String what) {
      if (!holds) {
        broken.add(what);
      }
    }

    void holds() {
      assertThat(new HashSet<>(broken)).isEmpty();
    }

    @Override
    public String toString() {
      StringBuilder text =
          new StringBuilder(
              "%-28s %-18s %6s %8s %8s %11s%n"
                  .formatted("scenario", "killed at", "cells", "changes", "repeats", "unfinished"));
      rows.forEach(
          (name, row) ->
              text.append("%s %6d %8d %8d %11d%n".formatted(name, row[0], row[1], row[2], row[3])));
      return text.toString();
    }
  }
}
