package io.byteport.dsl.check;

import io.byteport.dsl.model.Id;

/**
 * Something that a runbook declares for its own use.
 *
 * @param owner the block of an argument; empty for anything else
 */
record Declared(Kind kind, String owner, String name) {

  enum Kind {
    FACT("fact"),
    PARAMETER("parameter"),
    INPUT("input"),
    BLOCK("block"),
    ARGUMENT("argument");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Declared of(Kind kind, String name) {
    return new Declared(kind, "", name);
  }

  static Declared of(Kind kind, Id id) {
    return of(kind, id.name());
  }

  static Declared argument(String block, String name) {
    return new Declared(Kind.ARGUMENT, block, name);
  }
}
