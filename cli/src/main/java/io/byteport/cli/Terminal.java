package io.byteport.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: results to {@code out}, findings and complaints to {@code err}. Colour is
 * used only on a terminal, and not where {@code NO_COLOR} is set.
 *
 * @param colour whether {@code out} is a terminal that shows colours
 */
record Terminal(PrintWriter out, PrintWriter err, boolean colour) {
  private static final int WIDEST = 100;

  /**
   * The process's own streams. The launcher says whether they are a terminal, since newer Java
   * runtimes have a console even where there is none.
   */
  static Terminal ofProcess() {
    boolean terminal = Boolean.getBoolean("byteport.terminal");
    boolean colour =
        terminal && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    return new Terminal(writer(System.out), writer(System.err), colour);
  }

  /** Whether somebody sits there who can be asked. */
  static boolean isInteractive() {
    return Boolean.getBoolean("byteport.terminal");
  }

  /**
   * Columns for prose, from 40 to 100: those of the terminal, which the launcher asks for, else
   * those that {@code COLUMNS} says, else 100.
   */
  static int width() {
    int asked = Integer.getInteger("byteport.width", 0);
    int columns = asked > 0 ? asked : number(System.getenv("COLUMNS"));
    return columns > 0 ? Math.clamp(columns, 40, WIDEST) : WIDEST;
  }

  private static int number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Text in a style, or plain where there is no colour. */
  String styled(Style style, String text) {
    return colour ? style.code + text + "\u001b[0m" : text;
  }

  enum Style {
    BOLD("\u001b[1m"),
    FAINT("\u001b[2m"),
    RED("\u001b[31m"),
    GREEN("\u001b[32m"),
    YELLOW("\u001b[33m"),
    CYAN("\u001b[36m");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }
}
