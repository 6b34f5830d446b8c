package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.engine.outbox.Sending;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints what became of what a run had to say: which channel has it, which waits, which gave up.
 */
record ToldLines(Terminal terminal) {

  void print(List<Sending> told) {
    if (told.isEmpty()) {
      return;
    }
    Lines lines = new Lines(terminal);
    lines.title("told");
    for (Sending one : told) {
      lines.entry(
          2,
          one.channel() + "  ",
          style(one.state()),
          one.event() + " " + state(one),
          one.error() == null ? "" : one.error());
    }
  }

  private static String state(Sending one) {
    return switch (one.state()) {
      case SENT -> "sent " + one.endedAt();
      case WAITING ->
          one.attempts() == 0
              ? "waits to be sent"
              : "was refused " + times(one.attempts()) + ", next attempt " + one.dueAt();
      case DEAD -> "given up " + one.endedAt() + ", tried " + times(one.attempts());
      case UNHEARD -> "not told: no channel is of this kind";
      case REPEATED -> "not told again: the same was said a short time before";
    };
  }

  private static String times(int attempts) {
    return attempts == 1 ? "once" : attempts + " times";
  }

  private static @Nullable Style style(Sending.State state) {
    return switch (state) {
      case SENT -> Style.GREEN;
      case WAITING -> Style.YELLOW;
      case DEAD, UNHEARD -> Style.RED;
      case REPEATED -> null;
    };
  }
}
