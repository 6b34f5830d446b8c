package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What runs claim, take and give back, each in one transaction with the entry that says so. */
final class Reservations {
  private static final Duration REMEMBERED_FOR = Duration.ofSeconds(10);

  private final SqlTransactions transactions;
  private final RunWriter writer;
  private final JournalCodec codec;
  private final SqlLedger ledger;
  private final LedgerTime time;
  private final boolean remembersTime;

  /** When the time was last remembered, by its own. */
  private volatile Instant remembered = Instant.MIN;

  /**
   * @param remembersTime whether nobody else writes down how far the ledger's time has come
   */
  Reservations(
      SqlTransactions transactions,
      RunWriter writer,
      JournalCodec codec,
      LedgerTime time,
      boolean remembersTime) {
    this.transactions = transactions;
    this.writer = writer;
    this.codec = codec;
    this.ledger = new SqlLedger(time);
    this.time = time;
    this.remembersTime = remembersTime;
  }

  SqlLedger ledger() {
    return ledger;
  }

  /** Looks, and takes nothing. */
  List<Standing> look(RunId run, List<Claim> claims, Instant now) {
    if (!ledger.keys.areNoted(claims)) {
      transactions.writeLazily(
          "note how far limits look back",
          connection -> {
            ledger.keys.lock(connection, claims);
            return true;
          });
    }
    return transactions.read(
        "look at limits", connection -> ledger.judge(connection, run, claims, now).standings());
  }

  /** Takes locks that are free, all or none. */
  List<Standing> takeLocks(RunId run, List<Claim> claims, Instant now) {
    return writer.write(
        "take locks",
        run,
        false,
        (connection, pen) -> {
          pen.append(connection, List.of());
          ledger.keys.lock(connection, claims);
          SqlLedger.Judgement judgement = ledger.judge(connection, run, claims, now);
          if (judgement.locksGranted()) {
            ledger.takeLocks(connection, run, claims, judgement, now);
          }
          return judgement.standings();
        });
  }

  List<Standing> reserve(RunId run, Event.ChangeIntended intent, List<Claim> claims) {
    return writer.write(
        "record an intent",
        run,
        true,
        (connection, pen) -> {
          ledger.keys.lock(connection, claims);
          Instant at = intent.at();
          SqlLedger.Judgement judgement = ledger.judge(connection, run, claims, at);
          if (judgement.allGranted()) {
            ledger.takeLocks(connection, run, claims, judgement, at);
            ledger.count(connection, run, intent.intent(), claims, judgement);
            remember(connection);
            Event.ChangeIntended granted = intent.with(judgement.standings());
            pen.append(connection, codec.lines(List.of(granted)));
          }
          return judgement.standings();
        });
  }

  /** So that a later process knows how far the time had come; not with every intent. */
  private void remember(Connection connection) throws SQLException {
    LedgerTime.Mark mark = time.mark();
    if (mark != null && remembersTime && remembered.plus(REMEMBERED_FOR).isBefore(mark.at())) {
      SqlLedgerTime.write(connection, mark);
      remembered = mark.at();
    }
  }

  void finish(RunId run, Event.ChangeFinished finished, List<? extends JournalEntry> more) {
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(finished);
    entries.addAll(more);
    List<Line> lines = codec.lines(entries);
    boolean nothing =
        finished.result() instanceof ActionResult.Failed failed && failed.certainlyNothing();
    writer.write(
        "record an outcome",
        run,
        true,
        (connection, pen) -> {
          if (nothing) {
            ledger.release(connection, finished.intent());
          }
          pen.append(connection, lines);
          return true;
        });
  }
}
