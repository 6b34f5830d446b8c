package io.byteport.dsl.solve;

import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.Scalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a condition asks about and whose value is not known before a run: a path, a call
 * of a pure function, or what the solver does not look into. Terms are equal when their canonical
 * texts are, since equal texts have equal values.
 */
public final class Term {

  /** What can be asked about a term. */
  enum Kind {
    NUMBER,
    TEXT,
    BOOLEAN,
    OTHER
  }

  private final String key;
  private final String shown;
  private final Type type;
  private final boolean nullable;
  private final List<Term> needs;
  private final Range range;
  private final boolean plain;

  /**
   * @param key its canonical text, facts that are computed replaced by what computes them
   * @param shown as the author wrote it
   * @param type of its value, null aside
   * @param needs what is not null where this is not
   * @param range what its value lies in, for a number or quantity
   * @param plain whether it is a path or a count, which a person can imagine a value for
   */
  Term(
      String key,
      String shown,
      Type type,
      boolean nullable,
      List<Term> needs,
      Range range,
      boolean plain) {
    this.key = key;
    this.shown = shown;
    this.type = type.nonNull();
    this.nullable = nullable;
    this.needs = List.copyOf(needs);
    this.range = range;
    this.plain = plain;
  }

  /** Its canonical text, in which computed facts are what computes them. */
  public String key() {
    return key;
  }

  /** As the author wrote it, the first time. */
  public String shown() {
    return shown;
  }

  /** The type of its value, null aside. */
  public Type type() {
    return type;
  }

  boolean nullable() {
    return nullable;
  }

  List<Term> needs() {
    return needs;
  }

  Range range() {
    return range;
  }

  boolean plain() {
    return plain;
  }

  boolean integral() {
    return type == Scalar.INTEGER || type == Scalar.SIZE;
  }

  Kind kind() {
    if (Assignment.isOrdered(type)) {
      return Kind.NUMBER;
    }
    if (Assignment.isText(type)) {
      return Kind.TEXT;
    }
    return type == Scalar.BOOLEAN ? Kind.BOOLEAN : Kind.OTHER;
  }

  /** The only values that it has, beside null; null where there is no end of them. */
  @Nullable Set<Object> words() {
    if (type instanceof EnumType words) {
      return new LinkedHashSet<>(words.words());
    }
    return type == Scalar.BOOLEAN ? new LinkedHashSet<>(List.of(true, false)) : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Term term && term.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return key;
  }
}
