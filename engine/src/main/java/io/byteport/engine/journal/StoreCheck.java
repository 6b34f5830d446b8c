package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Course;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.signal.UnclaimedSignal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks whether everything in a store agrees with everything else. Changes nothing. */
public final class StoreCheck {
  /** The schema that this version makes. */
  static final int SCHEMA = 8;

  private final SqlRunStore store;
  private final Course.Beginning courses;
  private final List<StoreFinding> findings = new ArrayList<>();

  /**
   * @param courses with which journals are folded
   */
  public StoreCheck(SqlRunStore store, Course.Beginning courses) {
    this.store = store;
    this.courses = courses;
  }

  /**
   * Everything that was found, in the order of the runs, oldest first.
   *
   * @throws StoreException if the store cannot be read at all
   */
  public List<StoreFinding> findings() {
    findings.clear();
    schema();
    List<RunSummary> runs = store.runs(Integer.MAX_VALUE).reversed();
    runs.forEach(this::check);
    leftovers();
    return List.copyOf(findings);
  }

  /** The schema's version. */
  public int schema() {
    int version =
        Math.toIntExact(
            number("select max(cast(\"version\" as integer)) from \"flyway_schema_history\""));
    if (version != SCHEMA) {
      findings.add(
          new StoreFinding(
              null,
              "schema",
              "the schema is of version " + version + ", and this BytePort's is " + SCHEMA));
    }
    return version;
  }

  private long number(String query) {
    return store
        .transactions()
        .read(
            "check the store",
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(query);
                  ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
              }
            });
  }

  private void add(RunId run, String subject, String message) {
    findings.add(new StoreFinding(run, subject, message));
  }

  private void check(RunSummary run) {
    List<JournalEntry> entries;
    try {
      entries = store.entries(run.id());
    } catch (StoreException e) {
      add(run.id(), "journal", String.valueOf(e.getMessage()));
      return;
    }
    if (entries.isEmpty() || !(entries.getFirst() instanceof Event.Opened opened)) {
      add(run.id(), "journal", "it does not begin with an opening");
      return;
    }
    numbers(run, entries.size());
    line(run, opened, entries);
    if (!run.runbook().equals(UnclaimedSignal.NO_RUNBOOK)) {
      fold(run, opened, entries);
    }
    if (!run.imported()) {
      ledger(run, entries);
    }
  }

  private void numbers(RunSummary run, int count) {
    long[] seen =
        store
            .transactions()
            .read(
                "check the store",
                connection -> {
                  try (PreparedStatement select =
                      connection.prepareStatement(
                          "select r.entries, (select count(*) from journal_entry e where e.run ="
                              + " r.id), (select coalesce(max(seq), -1) from journal_entry e"
                              + " where e.run = r.id) from run r where r.id = ?")) {
                    select.setString(1, run.id().value());
                    try (ResultSet row = select.executeQuery()) {
                      row.next();
                      return new long[] {row.getLong(1), row.getLong(2), row.getLong(3)};
                    }
                  }
                });
    if (seen[0] != seen[1] || seen[2] != seen[1] - 1) {
      add(
          run.id(),
          "journal",
          "the run's line counts " + seen[0] + " entries, and there are " + count);
    }
  }

  private void line(RunSummary run, Event.Opened opened, List<JournalEntry> entries) {
    String classId = null;
    RunReport report = null;
    for (JournalEntry entry : entries) {
      if (entry instanceof Note.Classified classified) {
        classId = classified.classId();
      } else if (entry instanceof Note.Finished finished) {
        report = finished.report();
      }
    }
    agree(run, "id", opened.run(), run.id());
    agree(run, "runbook", opened.runbook(), run.runbook());
    agree(run, "signal", opened.signal().type(), run.signal());
    agree(run, "target", opened.targetKey(), run.target());
    agree(run, "mode", opened.mode(), run.mode());
    agree(run, "time of opening", SqlJournal.time(opened.at()).toInstant(), run.openedAt());
    agree(run, "class", classId, run.classId());
    agree(run, "result", report == null ? null : report.result().word(), run.result());
    if (run.finishedAt() != null && report == null && !run.imported()) {
      add(run.id(), "line", "it has ended, and its journal has no report");
    }
  }

  private void agree(
      RunSummary run,
      String what,
      @org.jspecify.annotations.Nullable Object journal,
      @org.jspecify.annotations.Nullable Object line) {
    if (!Objects.equals(journal, line)) {
      add(run.id(), "line", "its " + what + " is " + line + ", and " + journal + " in its journal");
    }
  }

  private void fold(RunSummary run, Event.Opened opened, List<JournalEntry> entries) {
    int number = 0;
    try {
      Course course = courses.before(opened);
      for (JournalEntry entry : entries) {
        number++;
        if (entry instanceof Event event) {
          course = course.next(event).course();
        }
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
      add(run.id(), "journal", "it cannot be folded at entry " + number + ": " + message);
    }
  }

  /** What was counted under which intent, and whether that was given back. */
  private void ledger(RunSummary run, List<JournalEntry> entries) {
    Map<String, Set<String>> intended = new TreeMap<>();
    Set<String> released = new HashSet<>();
    for (JournalEntry entry : entries) {
      if (entry instanceof Event.ChangeIntended intent) {
        Set<String> keys = new TreeSet<>();
        for (Standing standing : intent.standings()) {
          if (!(standing.claim() instanceof Claim.Lock)) {
            keys.add(standing.claim().key());
          }
        }
        intended.put(intent.intent().value(), keys);
      } else if (entry instanceof Event.ChangeFinished finished
          && finished.result() instanceof ActionResult.Failed failed
          && failed.certainlyNothing()) {
        released.add(finished.intent().value());
      }
    }
    Map<String, Set<String>> counted = new TreeMap<>();
    store
        .transactions()
        .read(
            "check the store",
            connection -> {
              counted(connection, run.id(), counted, released);
              return true;
            });
    for (String intent : union(intended.keySet(), counted.keySet())) {
      Set<String> keys = intended.get(intent);
      Set<String> rows = counted.getOrDefault(intent, Set.of());
      if (keys == null) {
        add(run.id(), "ledger", "intent " + intent + " is counted, and stands in no journal");
      } else {
        for (String key : union(keys, rows)) {
          if (!rows.contains(key)) {
            add(run.id(), "ledger", "intent " + intent + " is not counted under " + key);
          } else if (!keys.contains(key)) {
            add(run.id(), "ledger", "intent " + intent + " is counted under " + key + " as well");
          }
        }
      }
    }
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }

  private void counted(
      Connection connection, RunId run, Map<String, Set<String>> counted, Set<String> released)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select intent, name, released from ledger where run = ?")) {
      select.setString(1, run.value());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String intent = rows.getString(1);
          counted.computeIfAbsent(intent, none -> new TreeSet<>()).add(rows.getString(2));
          if (rows.getBoolean(3) != released.contains(intent)) {
            add(
                run,
                "ledger",
                "intent "
                    + intent
                    + (rows.getBoolean(3)
                        ? " was given back, and its journal does not say so"
                        : " certainly did nothing, and still counts"));
          }
        }
      }
    }
  }

  private void leftovers() {
    String ended = "select id from run where finished_at is not null";
    rows(
        "select run, name from run_lock where run in (" + ended + ")",
        (run, name) -> add(run, "lock", "it has ended, and holds " + name));
    rows(
        "select id, target from run r where finished_at is null and not exists (select 1 from"
            + " run_lock l where l.run = r.id and l.name = 'incident ' || r.mode || ' ' ||"
            + " r.target)",
        (run, target) -> add(run, "lock", "it is open, and does not hold its target " + target));
    rows(
        "select run, cast(id as varchar(40)) from run_inbox where run in (" + ended + ")",
        (run, letter) -> add(run, "letter", "it has ended, and letter " + letter + " lies there"));
    rows(
        "select task_instance, task_name from scheduled_tasks t where task_name = 'run' and picked"
            + " = false and not exists (select 1 from run r where r.id = t.task_instance and"
            + " r.finished_at is null)",
        (run, task) -> {
          Optional<RunSummary> known = store.run(run);
          add(
              run,
              "task",
              known.isPresent() ? "it has ended, and is still scheduled" : "a task without a run");
        });
  }

  private interface Row {
    void found(RunId run, String detail);
  }

  private void rows(String query, Row row) {
    List<String[]> found =
        store
            .transactions()
            .read(
                "check the store",
                connection -> {
                  List<String[]> rows = new ArrayList<>();
                  try (PreparedStatement select = connection.prepareStatement(query);
                      ResultSet result = select.executeQuery()) {
                    while (result.next()) {
                      rows.add(new String[] {result.getString(1), result.getString(2)});
                    }
                  }
                  return rows;
                });
    found.forEach(one -> row.found(new RunId(one[0]), one[1]));
  }
}
