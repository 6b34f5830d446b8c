package io.byteport.adapter.sql.pgbouncer;

/** All that is ever said to a console. */
enum Command {
  SHOW_POOLS("SHOW POOLS"),
  SHOW_STATS("SHOW STATS"),
  SHOW_CLIENTS("SHOW CLIENTS"),
  SHOW_CONFIG("SHOW CONFIG"),
  SHOW_DATABASES("SHOW DATABASES"),
  RELOAD("RELOAD");

  private final String words;

  Command(String words) {
    this.words = words;
  }

  /** As it is sent. */
  String words() {
    return words;
  }
}
