package io.byteport.dsl.solve;

import com.google.re2j.Pattern;
import java.util.Optional;

/** A question about a text, whose answer hangs on nothing but the text. */
sealed interface TextTest {

  record Begins(String prefix) implements TextTest {}

  record Ends(String suffix) implements TextTest {}

  record Contains(String part) implements TextTest {}

  /**
   * A regular expression of RE2's syntax that the solver does not look into.
   *
   * @param whole whether it must fit the whole text
   */
  record Fits(Pattern pattern, boolean whole) implements TextTest {}

  /** One against something that is known only in a run. */
  record Symbolic(String text) implements TextTest {}

  /** The answer for a text; empty where it is known only in a run. */
  default Optional<Boolean> of(String text) {
    return switch (this) {
      case Begins begins -> Optional.of(text.startsWith(begins.prefix()));
      case Ends ends -> Optional.of(text.endsWith(ends.suffix()));
      case Contains contains -> Optional.of(text.contains(contains.part()));
      case Fits fits ->
          Optional.of(
              fits.whole() ? fits.pattern().matches(text) : fits.pattern().matcher(text).find());
      case Symbolic symbolic -> Optional.empty();
    };
  }

  /** Whether every text that passes this passes that; false where it is not known. */
  default boolean implies(TextTest other) {
    if (equals(other)) {
      return true;
    }
    return switch (this) {
      case Begins begins ->
          other instanceof Begins wider
              ? begins.prefix().startsWith(wider.prefix())
              : other instanceof Contains part && begins.prefix().contains(part.part());
      case Ends ends ->
          other instanceof Ends wider
              ? ends.suffix().endsWith(wider.suffix())
              : other instanceof Contains part && ends.suffix().contains(part.part());
      case Contains contains ->
          other instanceof Contains wider && contains.part().contains(wider.part());
      case Fits fits -> false;
      case Symbolic symbolic -> false;
    };
  }

  /** Whether no text passes both; false where it is not known. */
  default boolean excludes(TextTest other) {
    if (this instanceof Begins a && other instanceof Begins b) {
      return !a.prefix().startsWith(b.prefix()) && !b.prefix().startsWith(a.prefix());
    }
    if (this instanceof Ends a && other instanceof Ends b) {
      return !a.suffix().endsWith(b.suffix()) && !b.suffix().endsWith(a.suffix());
    }
    return false;
  }
}
