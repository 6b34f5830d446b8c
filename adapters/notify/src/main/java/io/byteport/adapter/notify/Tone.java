package io.byteport.adapter.notify;

import java.util.Locale;

/** What a notice is about, at a glance. */
public enum Tone {
  OPENED("Opened", "🔎", "#4a6fa5"),
  ACTING("Acting", "🔧", "#4a6fa5"),
  PLANNED("Planned, nothing was changed", "📋", "#6b5b95"),
  ASKED("Waits for approval", "✋", "#8a6500"),
  RESOLVED("Resolved", "✅", "#2e7d32"),
  ESCALATED("Escalated", "⚠️", "#b35c00"),
  FAILED("Failed", "❌", "#c62828"),
  STORM("Storm", "🌩️", "#c62828"),
  NOTICE("Notice", "💬", "#5f6b7a");

  private final String word;
  private final String symbol;
  private final String colour;

  Tone(String word, String symbol, String colour) {
    this.word = word;
    this.symbol = symbol;
    this.colour = colour;
  }

  /**
   * @param event of a notice; any that is not known is a {@link #NOTICE}
   */
  public static Tone of(String event) {
    return switch (event) {
      case "opened" -> OPENED;
      case "acting" -> ACTING;
      case "planned" -> PLANNED;
      case "approval" -> ASKED;
      case "resolved" -> RESOLVED;
      case "escalated" -> ESCALATED;
      case "failed" -> FAILED;
      case "storm" -> STORM;
      default -> NOTICE;
    };
  }

  /** What a title begins with: {@code Escalated}; the event itself where it has no tone. */
  public String word(String event) {
    if (this != NOTICE || event.isBlank()) {
      return word;
    }
    String spaced = event.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  /** One character that people know: a green check, a warning sign. */
  public String symbol() {
    return symbol;
  }

  /** As HTML writes it: {@code #2e7d32}. */
  public String colour() {
    return colour;
  }

  /** Whether somebody has to do something. */
  public boolean callsForHands() {
    return switch (this) {
      case ESCALATED, FAILED, STORM, ASKED -> true;
      case OPENED, ACTING, PLANNED, RESOLVED, NOTICE -> false;
    };
  }
}
