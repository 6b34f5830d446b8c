package io.byteport.dsl.type;

import org.jspecify.annotations.Nullable;

/**
 * What a catalogue says about a field of a record beside its type.
 *
 * @param trusted whether its text was made by this program or by an operator, so that it is as good
 *     as one that stands in the runbook
 * @param neverUntrusted whether a runbook that writes the field may not take it from outside, such
 *     as the kind of an object
 * @param deprecated null where it is here to stay
 */
public record FieldNote(boolean trusted, boolean neverUntrusted, @Nullable Deprecation deprecated) {

  /** Of a field about which nothing is said. */
  public static final FieldNote NONE = new FieldNote(false, false, null);
}
