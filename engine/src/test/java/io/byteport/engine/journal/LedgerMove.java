package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import java.time.Duration;
import java.util.List;

/**
 * One thing that happens to a ledger. Moves name runs by a slot, so that any list of moves makes
 * sense, and a shorter one too: what is asked of a run that is not open does nothing.
 */
sealed interface LedgerMove {

  /** Opens a run about a target in a slot that is free. */
  record Open(int slot, int target) implements LedgerMove {}

  record Check(int slot, List<Claim> claims, boolean takeLocks) implements LedgerMove {}

  record Reserve(int slot, List<Claim> claims) implements LedgerMove {}

  /** Ends the oldest intent of a run that has no outcome. */
  record Finish(int slot, Ending ending) implements LedgerMove {}

  record Close(int slot) implements LedgerMove {}

  /** Time passes, and the clock shows it. */
  record Pass(Duration time) implements LedgerMove {}

  /** The clock is set back. No time passes. */
  record SetBack(Duration by) implements LedgerMove {}

  /** The clock is set forward. No time passes. */
  record SetForward(Duration by) implements LedgerMove {}

  /** The process that carries all runs on is not heard of any more, and another takes them over. */
  record TakeOver() implements LedgerMove {}

  /** How a change can end, as far as the ledger cares. */
  enum Ending {
    CHANGED,
    ALREADY_AS_WANTED,
    PERHAPS,
    CERTAINLY_NOTHING
  }
}
