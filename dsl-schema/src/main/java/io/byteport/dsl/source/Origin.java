package io.byteport.dsl.source;

/**
 * A place in a file.
 *
 * @param span within the file
 */
public record Origin(SourceFile file, Span span) {}
