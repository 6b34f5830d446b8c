package io.byteport.adapter.sql.postgres;

import java.util.List;

/** Texts that try to be more than data. */
public final class Hostile {
  public static final List<String> TEXTS =
      List.of(
          "'; DROP TABLE stock; --",
          "\"; DROP TABLE stock; --",
          "\\'; DROP TABLE stock; --",
          "$$; DROP TABLE stock; $$",
          "$(touch hacked) `touch hacked`",
          "line\nbreak\r\n; SELECT pg_reload_conf();",
          "\u001b[31mred\u001b[0m\u0007",
          "/* */ -- #",
          "${signal.type} {{x}} %s %n $1 ?",
          "é漢字😀\u202e",
          "x".repeat(1 << 20));

  private Hostile() {}
}
