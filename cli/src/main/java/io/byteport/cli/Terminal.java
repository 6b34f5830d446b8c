package io.byteport.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: results to {@code out}, findings and complaints to {@code err}.
 *
 * @param colour whether {@code out} shows colours
 * @param width columns of {@code out}, between {@value #NARROWEST} and {@value #WIDEST}
 */
record Terminal(PrintWriter out, PrintWriter err, boolean colour, int width) {
  private static final int USUAL = 80;
  private static final int NARROWEST = 40;
  private static final int WIDEST = 120;

  /** One of the usual width. */
  Terminal(PrintWriter out, PrintWriter err, boolean colour) {
    this(out, err, colour, USUAL);
  }

  /**
   * The process's own streams. The launcher says whether they are a terminal, since newer Java
   * runtimes have a console even where there is none.
   */
  static Terminal ofProcess(Colour wanted) {
    boolean terminal = Boolean.getBoolean("byteport.terminal");
    boolean colour = wanted.shown(terminal, System.getenv());
    return new Terminal(writer(System.out), writer(System.err), colour, columns());
  }

  /** Whether somebody sits there who can be asked. */
  static boolean isInteractive() {
    return Boolean.getBoolean("byteport.terminal");
  }

  private static int columns() {
    Integer said = number(System.getProperty("byteport.columns"));
    Integer set = said == null ? number(System.getenv("COLUMNS")) : said;
    return set == null ? USUAL : Math.max(NARROWEST, Math.min(WIDEST, set));
  }

  private static @Nullable Integer number(@Nullable String text) {
    return text != null && text.matches("[1-9][0-9]{0,3}") ? Integer.valueOf(text) : null;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Text in a style, or plain where there is no colour. */
  String styled(Style style, String text) {
    return colour && !text.isEmpty() ? style.code + text + "\u001b[0m" : text;
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
