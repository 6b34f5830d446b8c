package io.byteport.cli;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How to go on with a run that was interrupted. */
record Unfinished(Event.Opened opened) {

  /** Of a run's journal, which begins with its opening. */
  static Unfinished of(List<JournalEntry> journal) {
    return new Unfinished((Event.Opened) journal.getFirst());
  }

  /** What to type: the same runbook about the same target in the same mode goes on. */
  String command() {
    String flags =
        opened.inputs().fields().entrySet().stream()
            .filter(input -> !input.getValue().isNull())
            .map(Unfinished::flag)
            .collect(Collectors.joining());
    return "byteport run "
        + opened.runbook()
        + flags
        + (opened.mode() == Mode.LIVE ? " --live" : "");
  }

  private static String flag(Map.Entry<String, Value> input) {
    String text = ValuePrinter.print(input.getValue(), Type.Special.ANY);
    boolean plain = text.matches("[A-Za-z0-9_./:@%+-]+");
    return " --" + input.getKey() + " " + (plain ? text : "'" + text.replace("'", "'\\''") + "'");
  }
}
