package io.byteport.dsl.source;

/**
 * A place in a text, counted from 0; add one to each for people.
 *
 * @param line line, counted from 0
 * @param column code points since the start of the line, counted from 0
 */
public record Position(int line, int column) {}
