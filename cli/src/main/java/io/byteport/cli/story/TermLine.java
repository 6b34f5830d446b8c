package io.byteport.cli.story;

import io.byteport.engine.run.Note.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a condition's tree, with those under it.
 *
 * @param verdict what it came to; null where it is no condition
 * @param idle whether it decided nothing: {@code detail} says why
 * @param text the term, or how its parts are joined
 * @param detail the values that it rests on, or why there are none; may be empty
 * @param cut whether there is more under it than was asked for
 */
public record TermLine(
    @Nullable Verdict verdict,
    boolean idle,
    String text,
    String detail,
    boolean cut,
    List<TermLine> below) {
  public TermLine {
    below = List.copyOf(below);
  }

  /** How a verdict is marked. */
  public static String mark(@Nullable Verdict verdict) {
    return switch (verdict) {
      case TRUE -> "✓";
      case FALSE -> "✗";
      case UNDECIDED -> "?";
      case null -> "=";
    };
  }
}
