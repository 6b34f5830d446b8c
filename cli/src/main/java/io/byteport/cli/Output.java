package io.byteport.cli;

/** How a command prints its result. */
enum Output {
  text,
  json
}
