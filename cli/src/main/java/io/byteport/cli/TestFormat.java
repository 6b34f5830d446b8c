package io.byteport.cli;

/** How the results of tests may be written. */
enum TestFormat {
  /** For people. */
  text,
  /** For programs. */
  json,
  /** JUnit's XML, for CI servers. */
  junit,
  /** The Test Anything Protocol, version 14. */
  tap
}
