package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static io.byteport.engine.journal.Entries.finished;
import static io.byteport.engine.journal.Entries.intent;
import static io.byteport.engine.journal.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Course;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What looking after a store promises, whatever database it lives in. */
abstract class StoreCareContract {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant LATER = NOON.plus(DAY.multipliedBy(10));

  private final List<SqlRunStore> stores = new ArrayList<>();
  private SqlRunStore store;

  /** An empty store of its own. */
  abstract SqlRunStore fresh();

  @BeforeEach
  void open() {
    store = another();
  }

  private SqlRunStore another() {
    SqlRunStore one = fresh();
    stores.add(one);
    return one;
  }

  @AfterEach
  void close() {
    stores.forEach(SqlRunStore::close);
  }

  private RunId ended(String id, Instant at) {
    RunId run = new RunId(id);
    store.open(opened(id, "pod/" + id, at));
    store.claim(run);
    store.close(run, List.of());
    store.delivered(run);
    return run;
  }

  private RunId changed(String id, Duration window) {
    RunId run = new RunId(id);
    store.open(opened(id, "pod/" + id));
    store.claim(run);
    store.reserve(
        run,
        intent("intent-" + id, NOON),
        List.of(new Claim.Limit("few", "key-" + id, 3, window), Claim.Limit.tally("action/" + id)));
    store.finish(
        run, finished("intent-" + id, NOON, new ActionResult.Done(Value.NULL, true)), List.of());
    store.close(run, List.of());
    store.delivered(run);
    return run;
  }

  private List<RunId> candidates() {
    return new Pruning(store).candidates(LATER.minus(DAY), LATER, 100);
  }

  // ── forgetting ────────────────────────────────────────────────────────────────────────────────

  @Test
  void a_run_that_ended_long_ago_and_was_reported_is_forgotten_with_all_that_belongs_to_it()
      throws SQLException {
    RunId run = changed("old", Duration.ofHours(1));

    assertThat(candidates()).containsExactly(run);
    assertThat(new Pruning(store).forget(candidates())).isEqualTo(1);

    assertThat(store.run(run)).isEmpty();
    assertThat(store.entries(run)).isEmpty();
    assertThat(count("ledger")).isZero();
    assertThat(candidates()).isEmpty();
  }

  @Test
  void what_a_limit_still_looks_at_is_kept() {
    RunId run = changed("wide", DAY.multipliedBy(11));

    assertThat(candidates()).isEmpty();
    Instant past = LATER.plus(DAY.multipliedBy(2));
    assertThat(new Pruning(store).candidates(LATER, past, 100)).containsExactly(run);
  }

  @Test
  void a_wider_limit_of_another_runbook_keeps_what_it_looks_at_once_it_has_looked() {
    changed("shared", Duration.ofHours(1));
    RunId other = new RunId("other");
    store.open(opened("other", "pod/other", LATER));
    store.check(
        other,
        List.of(new Claim.Limit("wide", "action/shared", 1, DAY.multipliedBy(30))),
        LATER,
        false);

    assertThat(candidates()).isEmpty();
  }

  @Test
  void what_is_open_or_not_reported_or_recent_is_kept() {
    RunId unreported = new RunId("unreported");
    store.open(opened("unreported", "pod/u"));
    store.claim(unreported);
    store.close(unreported, List.of());
    ended("recent", LATER);
    store.open(opened("open", "pod/o", LATER));

    assertThat(candidates()).isEmpty();
  }

  @Test
  void what_ended_while_an_open_run_may_wait_for_it_is_kept() {
    store.open(opened("waiting", "pod/w", NOON.minusSeconds(60)));
    ended("awaited", NOON);

    assertThat(candidates()).isEmpty();
  }

  // ── checking ──────────────────────────────────────────────────────────────────────────────────

  private List<StoreFinding> findings() {
    return new StoreCheck(store, opened -> new Still()).findings();
  }

  /** The course of runs whose runbook does not matter. */
  private record Still() implements Course {
    @Override
    public Next next(Event event) {
      return new Next(this, List.of(), resume());
    }

    @Override
    public Command resume() {
      return new Command.Wait(NOON);
    }
  }

  @Test
  void a_store_in_which_everything_agrees_has_no_findings() {
    RunId run = new RunId("fine");
    store.open(opened("fine", "pod/fine"));
    store.claim(run);
    store.reserve(run, intent("i", NOON), List.of(new Claim.Limit("few", "k", 3, DAY)));

    assertThat(findings()).isEmpty();
  }

  @Test
  void whatever_does_not_agree_is_found_and_named() throws SQLException {
    changed("broken", DAY);
    store.open(opened("open", "pod/open"));
    execute("update journal_entry set body = '{}' where run = 'open'");
    execute("update run set signal = 'other' where id = 'broken'");
    execute("update ledger set released = true where name = 'key-broken'");
    execute("delete from ledger where name = 'action/broken'");
    execute("insert into run_lock (name, run, since) values ('l', 'broken', current_timestamp)");
    execute("delete from run_lock where run = 'open'");
    execute("insert into run_inbox (run, version, body) values ('broken', 1, '{}')");
    execute(
        "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
            + " values ('run', 'nobody', current_timestamp, false, 1)");

    assertThat(findings())
        .extracting(finding -> finding.run() + " " + finding.subject())
        .contains(
            "broken line",
            "broken ledger",
            "broken lock",
            "broken letter",
            "open journal",
            "open lock",
            "nobody task");
    assertThat(findings())
        .extracting(StoreFinding::message)
        .contains(
            "its signal is other, and sample_failing in its journal",
            "intent intent-broken is not counted under action/broken",
            "it has ended, and holds l");
  }

  @Test
  void the_schema_is_the_one_that_the_check_knows() {
    assertThat(new StoreCheck(store, opened -> new Still()).schema()).isEqualTo(StoreCheck.SCHEMA);
  }

  // ── taking out and in ─────────────────────────────────────────────────────────────────────────

  private String exported() throws IOException {
    StringWriter out = new StringWriter();
    new Archive(store).write(out, LATER);
    return out.toString();
  }

  private static Archive.Count read(SqlRunStore into, String text) throws IOException {
    return new Archive(into).read(new BufferedReader(new StringReader(text)));
  }

  @Test
  void what_is_exported_and_imported_is_the_same_store() throws IOException {
    RunId done = changed("done", DAY);
    RunId going = new RunId("going");
    store.open(opened("going", "pod/going"));
    store.post(going, new Event.TimeReached(NOON, NOON));
    store.recordNotice("told", NOON);
    String archive = exported();
    SqlRunStore source = store;

    store = another();
    read(store, archive);

    assertThat(store.runs(10)).isEqualTo(source.runs(10));
    assertThat(store.entries(done)).isEqualTo(source.entries(done));
    assertThat(store.unfinished()).containsExactly(going);
    assertThat(store.inbox(going)).hasSize(1);
    assertThat(store.undelivered()).isEmpty();
    assertThat(store.noticeSent("told", NOON, DAY)).isTrue();
    assertThat(findings())
        .extracting(StoreFinding::message)
        .containsExactly("it has ended, and its journal has no report");
    assertThat(candidates()).isEmpty();
    assertThat(exported()).isEqualTo(archive);
  }

  @Test
  void a_run_that_is_there_already_is_refused_and_nothing_of_it_is_written() throws IOException {
    changed("twice", DAY);
    String archive = exported();

    assertThatThrownBy(() -> read(store, archive))
        .isInstanceOf(StoreException.class)
        .hasMessage("run twice is in the store already; 0 runs were read");
  }

  @Test
  void a_target_that_is_taken_is_refused_with_all_of_its_run() throws IOException {
    store.open(opened("one", "pod/same"));
    String archive = exported();
    store = another();
    store.open(opened("two", "pod/same"));

    assertThatThrownBy(() -> read(store, archive))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("what run one holds or has counted is in the store already");
    assertThat(store.run(new RunId("one"))).isEmpty();
  }

  @Test
  void an_archive_that_is_cut_off_or_of_a_later_version_is_refused() throws IOException {
    changed("cut", DAY);
    String archive = exported();
    String cut = archive.substring(0, archive.lastIndexOf("{\"end\""));

    assertThatThrownBy(() -> read(another(), cut)).hasMessageContaining("cut off after line");
    assertThatThrownBy(
            () -> read(another(), archive.replaceFirst("\"version\":1", "\"version\":9")))
        .hasMessageContaining("is of version 9");
    assertThatThrownBy(() -> read(another(), "{}\n")).hasMessageContaining("no archive");
  }

  @Test
  void a_journal_of_a_hundred_thousand_entries_is_written_page_by_page() throws IOException {
    RunId run = new RunId("long");
    store.open(opened("long", "pod/long"));
    store.claim(run);
    List<JournalEntry> some = Collections.nCopies(5_000, new Event.TimeReached(NOON, NOON));
    for (int i = 0; i < 20; i++) {
      store.append(run, some);
    }
    Lines lines = new Lines();

    Archive.Count count = new Archive(store).write(lines, LATER);

    assertThat(count).isEqualTo(new Archive.Count(1, 100_001));
    assertThat(lines.count).isEqualTo(100_001 + 4);
    assertThat(lines.longest).isLessThan(2_000);
  }

  /** Counts lines and keeps none. */
  private static final class Lines extends Writer {
    private int count;
    private int longest;

    @Override
    public void write(char[] text, int from, int length) {
      longest = Math.max(longest, length);
      for (int i = from; i < from + length; i++) {
        count += text[i] == '\n' ? 1 : 0;
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void evidence_of_elsewhere_has_ended_and_counts_against_nothing() throws SQLException {
    List<JournalEntry> entries = List.of(opened("seen", "pod/seen"), intent("i", NOON));
    RunId run = new Evidence(store).add(entries);

    assertThat(store.entries(run)).isEqualTo(entries);
    assertThat(store.run(run).orElseThrow().imported()).isTrue();
    assertThat(store.unfinished()).isEmpty();
    assertThat(store.undelivered()).isEmpty();
    assertThat(store.claim(run)).isFalse();
    assertThat(count("ledger") + count("run_lock")).isZero();
    assertThat(findings()).isEmpty();
    assertThatThrownBy(() -> new Evidence(store).add(entries))
        .hasMessage("run seen is in the store already");
  }

  private long count(String table) throws SQLException {
    try (Connection connection = store.connections().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = store.connections().getConnection();
        Statement one = connection.createStatement()) {
      one.execute(statement);
    }
  }
}
