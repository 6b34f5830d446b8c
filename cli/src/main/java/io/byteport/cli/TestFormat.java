package io.byteport.cli;

/** How {@code byteport test} prints its result. */
enum TestFormat {
  /** For people. */
  text,
  /** For programs. */
  json,
  /** JUnit's XML, for CI servers. */
  junit
}
