package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.guardrail.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the interpreter concluded, and what actions said while they were going on, written down for
 * people. Recovery does not need notes: conclusions follow from the events, and nothing follows
 * from what was said.
 */
public sealed interface Note extends JournalEntry {

  /** The run goes from one phase to the next. */
  record PhaseEntered(Instant at, Phase phase, int pass) implements Note {}

  /**
   * @param fact the fact's id
   * @param value its value; null where it is unavailable
   * @param unavailable why; null where it has a value
   * @param refreshed whether it was read again
   * @param computed true where it follows from other facts; null where it was read, and in journals
   *     of versions that did not keep it
   */
  record FactLearned(
      Instant at,
      String fact,
      @Nullable Value value,
      @Nullable String unavailable,
      boolean refreshed,
      @Nullable Boolean computed)
      implements Note {}

  /**
   * @param verdict of the rule's condition
   * @param inQuestion false for a rule after the first that held: it decides nothing, and is judged
   *     only so that people see what else would have matched
   * @param explanation the condition's terms with their values, indented text
   * @param term the same as a tree; null in journals of versions that did not keep it
   */
  record RuleJudged(
      Instant at,
      String classId,
      Verdict verdict,
      boolean inQuestion,
      double confidence,
      @Nullable String because,
      String explanation,
      @Nullable Term term)
      implements Note {}

  /**
   * The decision of one pass.
   *
   * @param suspected a class whose rule holds but stands behind one that cannot be decided; null
   *     for none
   * @param undecided what made the search stop; empty where it did not
   * @param needed the confidence that acting takes; null in journals of versions that did not keep
   *     it
   * @param severityBecause where the severity comes from; null as before
   * @param autonomy how far the run may go with it; null in entries that were written before there
   *     were levels
   */
  record Classified(
      Instant at,
      String classId,
      double confidence,
      String severity,
      String because,
      @Nullable String suspected,
      List<Cause> undecided,
      @Nullable Double needed,
      @Nullable String severityBecause,
      @Nullable Autonomy autonomy)
      implements Note {
    public Classified {
      undecided = List.copyOf(undecided);
    }
  }

  /**
   * @param kind the word that runbooks use
   * @param step the key of the step's execution; null where the whole class is judged
   * @param undecided what made it refuse for lack of knowledge; empty otherwise
   * @param term its condition; null where it has none, and in journals of versions that did not
   *     keep it
   * @param standing what the ledger said; null where it was not asked
   */
  record GuardrailJudged(
      Instant at,
      String guardrail,
      String kind,
      @Nullable String step,
      boolean allowed,
      String reason,
      List<Cause> undecided,
      @Nullable Term term,
      @Nullable Standing standing)
      implements Note {
    public GuardrailJudged {
      undecided = List.copyOf(undecided);
    }
  }

  /**
   * @param step the step's id
   * @param text what happened, in the timeline's words
   * @param condition what its {@code when} came to; null where it has none, and in journals of
   *     versions that did not keep it
   */
  record StepEnded(
      Instant at,
      String step,
      StepStatus status,
      String text,
      @Nullable String command,
      @Nullable Term condition)
      implements Note {}

  /**
   * @param term what it came to; null in journals of versions that did not keep it
   */
  record ExpectationJudged(
      Instant at, String expectation, Verdict verdict, String explanation, @Nullable Term term)
      implements Note {}

  /**
   * A human is asked. The question is open until an answer, its time, or the end of the run.
   *
   * @param changes what is otherwise than when it was approved before; empty the first time
   */
  record Asked(
      Instant at,
      String guardrail,
      String question,
      Instant until,
      RunPlan plan,
      List<String> changes)
      implements Note {
    public Asked {
      changes = List.copyOf(changes);
    }
  }

  /** An answer that does not count, and why; the question stays. */
  record AnswerIgnored(Instant at, String guardrail, String by, String reason) implements Note {}

  /**
   * People are told something while the run goes on; what they are told at its end stands in the
   * report.
   */
  record Announced(Instant at, RunReport.Notification notice) implements Note {}

  /**
   * What an action said while it was going on, in the order in which it said it.
   *
   * @param step the key of the step or read that said it
   */
  record Said(Instant at, String step, List<String> lines) implements Note {
    public Said {
      lines = List.copyOf(lines);
    }
  }

  /** The last note. */
  record Finished(Instant at, RunReport report) implements Note {}

  enum Phase {
    DIAGNOSE,
    CLASSIFY,
    PLAN,
    ACT,
    VERIFY,
    ROLL_BACK,
    END
  }

  enum Verdict {
    TRUE,
    FALSE,
    UNDECIDED
  }

  enum StepStatus {
    PENDING,
    SKIPPED,
    PLANNED,
    DONE,
    FAILED,
    REFUSED,
    UNKNOWN
  }
}
