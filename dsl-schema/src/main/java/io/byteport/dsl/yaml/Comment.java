package io.byteport.dsl.yaml;

import io.byteport.dsl.source.Span;

/**
 * A comment of a YAML text.
 *
 * @param text what follows the {@code #}
 * @param span from the {@code #} to the end of its line, without the line break
 * @param alone whether nothing else stands on its line
 */
public record Comment(String text, Span span, boolean alone) {}
