package io.byteport.engine.run;

import io.byteport.engine.eval.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A term of a condition with what came of it, as the journal keeps it for people. The verdicts are
 * those of the evaluation that decided.
 *
 * @param text the term in canonical form
 * @param verdict what a condition came to; null for a term that is none
 * @param value what it came to as people read it, long ones cut; null where nothing is known
 * @param undecided why nothing is known; empty where something is
 * @param operator as it is written, such as {@code ==} or {@code in}; null for {@link Kind#VALUE}
 *     and {@link Kind#FACT}
 * @param parts its operands; of a computed fact what it is computed from, once within one condition
 */
public record Term(
    Kind kind,
    String text,
    Note.@Nullable Verdict verdict,
    @Nullable String value,
    List<Cause> undecided,
    @Nullable String operator,
    List<Term> parts) {

  private static final int LONGEST = 2_000;

  public Term {
    undecided = List.copyOf(undecided);
    parts = List.copyOf(parts);
  }

  /** What a term is made of. */
  public enum Kind {
    /** Holds where all parts hold. */
    ALL,
    /** Holds where one of the parts does. */
    ANY,
    NOT,
    /** An operator between two parts. */
    COMPARISON,
    /** A fact that is computed from its part. */
    FACT,
    /** A function of its parts. */
    CALL,
    /** Stands there as it is. */
    LITERAL,
    /** A fact that was read, a field, a parameter, arithmetic. */
    VALUE
  }

  /** A text as terms have it: on one line, cut where it is very long. */
  public static String line(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  /** Whether this is a condition that is known to hold. */
  public boolean holds() {
    return verdict == Note.Verdict.TRUE;
  }
}
