package io.byteport.dsl.format;

/**
 * A comment.
 *
 * @param offset where its {@code #} stands, in code points
 * @param column where its {@code #} stands in its line, in code points
 * @param alone whether nothing else stands on its line
 * @param afterBlank whether the line above is blank
 * @param text from the {@code #} on, without blanks at the end
 */
record Remark(int offset, int column, boolean alone, boolean afterBlank, String text) {}
