package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static io.byteport.engine.journal.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits to be written, written when the test says so. */
abstract class RunWriterContract {
  private static final RunId ONE = new RunId("one");
  private static final RunId OTHER = new RunId("other");

  private final JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);
  private final List<Integer> onDisk = new ArrayList<>();
  private StateDatabase database;
  private SqlTransactions transactions;
  private RunWriter writer;

  abstract StateDatabase fresh();

  @BeforeEach
  void open() {
    database = fresh();
    transactions =
        new SqlTransactions(database.connections(), connection -> onDisk.add(entries(ONE).size()));
    SqlJournal journal = new SqlJournal(codec, database.writes());
    writer = new RunWriter(transactions, journal, () -> {});
    for (RunId run : List.of(ONE, OTHER)) {
      Event.Opened opened = opened(run.value(), "pod/" + run.value());
      Line first = codec.lines(List.of(opened)).getFirst();
      boolean free =
          transactions.writeLazily(
              "open",
              connection ->
                  journal.open(connection, opened, first, "lock " + run.value(), null, false));
      assertThat(free).isTrue();
      writer.take(run, SqlReplicas.FIRST_FENCE);
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static JournalEntry entry(int number) {
    return new Note.PhaseEntered(NOON, Note.Phase.ACT, number);
  }

  /** The database refuses it: what it says of a run is longer than there is room for. */
  private static JournalEntry refused() {
    return new Note.Classified(
        NOON, "x".repeat(300), 0.9, "high", "", null, List.of(), null, null, null);
  }

  private List<Line> lines(JournalEntry... entries) {
    return codec.lines(List.of(entries));
  }

  /** What stands in the database behind the opening. */
  private List<JournalEntry> entries(RunId run) {
    List<JournalEntry> entries =
        transactions.read(
            "read",
            connection -> new SqlJournal(codec, database.writes()).entries(connection, run, 0));
    return entries.subList(1, entries.size());
  }

  private void writeNow(JournalEntry entry, boolean durably) {
    writer.write(
        "write",
        ONE,
        durably,
        (connection, pen) -> {
          pen.append(connection, lines(entry));
          return true;
        });
  }

  @Test
  void what_waits_stands_in_front_of_what_cannot_and_both_are_on_disk_when_that_returns() {
    writer.append(ONE, lines(entry(1)));
    writer.append(ONE, lines(entry(2), entry(3)));
    assertThat(entries(ONE)).isEmpty();
    assertThat(onDisk).isEmpty();

    writeNow(entry(4), true);

    assertThat(entries(ONE)).containsExactly(entry(1), entry(2), entry(3), entry(4));
    assertThat(onDisk).containsExactly(4);
  }

  @Test
  void what_waits_is_written_once() {
    writer.append(ONE, lines(entry(1)));
    writer.catchUp();
    writer.settle(ONE);
    writeNow(entry(2), false);
    writer.tidyAll();

    assertThat(entries(ONE)).containsExactly(entry(1), entry(2));
    assertThat(onDisk).isEmpty();
  }

  @Test
  void what_writes_nothing_about_the_run_leaves_what_waits_as_it_is() {
    writer.append(ONE, lines(entry(1)));

    assertThat(writer.<String>write("look", ONE, true, (connection, pen) -> "seen"))
        .isEqualTo("seen");
    assertThat(entries(ONE)).isEmpty();

    writer.settle(ONE);
    assertThat(entries(ONE)).containsExactly(entry(1));
  }

  @Test
  void nothing_is_written_behind_what_was_lost_until_the_run_begins_at_its_journal() {
    writer.append(ONE, lines(refused()));
    writer.catchUp();

    assertThatThrownBy(() -> writer.append(ONE, lines(entry(1))))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> writeNow(entry(1), true)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> writer.settle(ONE)).isInstanceOf(StoreException.class);
    assertThat(entries(ONE)).isEmpty();

    writer.mend(ONE);
    writeNow(entry(2), true);
    assertThat(entries(ONE)).containsExactly(entry(2));
  }

  @Test
  void what_cannot_be_written_with_what_waits_before_it_is_not_written_at_all() {
    writer.append(ONE, lines(refused()));

    assertThatThrownBy(() -> writeNow(entry(1), true)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> writeNow(entry(1), true)).isInstanceOf(StoreException.class);

    assertThat(entries(ONE)).isEmpty();
    assertThat(onDisk).isEmpty();
  }

  @Test
  void what_is_refused_of_one_run_is_no_harm_to_others() {
    writer.append(ONE, lines(refused()));
    writer.append(OTHER, lines(entry(1)));

    writer.catchUp();

    assertThat(entries(ONE)).isEmpty();
    assertThat(entries(OTHER)).containsExactly(entry(1));
    writer.append(OTHER, lines(entry(2)));
  }

  @Test
  void what_waits_is_not_written_once_another_process_carries_the_run_on() {
    writer.append(ONE, lines(entry(1)));
    writer.append(OTHER, lines(entry(2)));
    raiseFence();

    writer.catchUp();

    assertThat(entries(ONE)).isEmpty();
    assertThat(entries(OTHER)).containsExactly(entry(2));
    assertThatThrownBy(() -> writer.append(ONE, lines(entry(3))))
        .isInstanceOf(FencedException.class);
    assertThatThrownBy(() -> writeNow(entry(3), true)).isInstanceOf(FencedException.class);
    assertThat(entries(ONE)).isEmpty();
  }

  private void raiseFence() {
    int raised =
        transactions.writeLazily(
            "take over",
            connection -> {
              try (PreparedStatement update =
                  connection.prepareStatement("update run set fence = fence + 1 where id = ?")) {
                update.setString(1, ONE.value());
                return update.executeUpdate();
              }
            });
    assertThat(raised).isEqualTo(1);
  }

  @Test
  void more_than_a_run_may_hold_back_is_written_at_once() {
    List<JournalEntry> many = new ArrayList<>();
    for (int number = 1; number <= 500; number++) {
      many.add(entry(number));
      writer.append(ONE, lines(entry(number)));
    }
    assertThat(entries(ONE)).hasSizeGreaterThan(300);

    writer.settle(ONE);
    assertThat(entries(ONE)).isEqualTo(many);
  }
}
