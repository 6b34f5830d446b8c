package io.byteport.adapter.sql.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting that may be written, as the server describes it. Texts cannot be: among them are
 * commands, libraries and files.
 *
 * @param name as the server spells it
 * @param value as it is in force
 * @param words what an ENUM may be
 * @param needsRestart whether it takes effect only after a restart
 * @param survivesRestart whether what is written is still there after a restart
 */
public record Parameter(
    String name,
    String value,
    Type type,
    List<String> words,
    boolean needsRestart,
    boolean survivesRestart) {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(?:\\.\\d{1,9})?");
  private static final Pattern AMOUNT =
      Pattern.compile("[+-]?\\d{1,18}(?:\\.\\d{1,9})? ?[A-Za-z]{0,3}");

  /** What a setting may be set to. */
  public enum Type {
    BOOLEAN,
    NUMBER,
    /** A number that may have a unit. */
    AMOUNT,
    ENUM,
    TEXT
  }

  public Parameter {
    words = List.copyOf(words);
  }

  /** Why it cannot be set to a value; empty where it can, as far as can be said without trying. */
  public Optional<String> refuses(String wanted) {
    boolean fits =
        switch (type) {
          case BOOLEAN ->
              List.of("on", "off", "true", "false", "yes", "no", "1", "0")
                  .contains(wanted.toLowerCase(Locale.ROOT));
          case NUMBER -> NUMBER.matcher(wanted).matches();
          case AMOUNT -> AMOUNT.matcher(wanted).matches();
          case ENUM -> words.stream().anyMatch(wanted::equalsIgnoreCase);
          case TEXT -> false;
        };
    if (fits) {
      return Optional.empty();
    }
    return Optional.of(
        switch (type) {
          case BOOLEAN -> "expected on or off for `" + name + "`";
          case NUMBER, AMOUNT -> "expected a number for `" + name + "`";
          case ENUM -> "expected one of " + words + " for `" + name + "`";
          case TEXT ->
              "`" + name + "` is a text, and only numbers, switches and words can be written";
        });
  }
}
