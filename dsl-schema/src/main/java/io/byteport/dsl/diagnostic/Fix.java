package io.byteport.dsl.diagnostic;

import io.byteport.dsl.source.Span;

/**
 * A change of the text that would mend a finding.
 *
 * @param title what it does, in the imperative
 * @param span what is replaced; empty to insert
 * @param replacement the new text
 * @param safe whether it keeps the meaning that the author must have had, so that it may be applied
 *     unasked
 */
public record Fix(String title, Span span, String replacement, boolean safe) {}
