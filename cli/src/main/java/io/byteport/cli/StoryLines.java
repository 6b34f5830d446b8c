package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.story.Brief;
import io.byteport.dsl.value.Value;
import io.byteport.engine.guardrail.Storm;
import io.byteport.engine.run.RunReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The layout of a run's story: labels in one column, what is said of them in another. */
final class StoryLines {
  /** Where everything but the time begins. */
  static final int INDENT = 10;

  private static final int FACT_LINES = 4;

  private final Terminal terminal;
  private final Lines lines;
  private final int column;

  StoryLines(Terminal terminal) {
    this.terminal = terminal;
    this.lines = new Lines(terminal);
    this.column = terminal.width() < 100 ? 24 : 28;
  }

  Lines lines() {
    return lines;
  }

  /** A label and what is said of it; either may hold styles. */
  void line(String label, String text) {
    int width = Math.max(visible(label) + (text.isEmpty() ? 0 : 2), column);
    lines.hanging(INDENT, label, width - visible(label), text);
  }

  private static int visible(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }

  /** Characters that a value may take up. */
  int fourLines() {
    return FACT_LINES * (terminal.width() - INDENT - column);
  }

  void section(String title, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      line(i == 0 ? title : "", texts.get(i));
    }
  }

  void commands(String title, List<String> commands) {
    for (int i = 0; i < commands.size(); i++) {
      if (i == 0) {
        line(title, "");
      }
      command(commands.get(i));
    }
  }

  /** Never broken, since it is there to be pasted. */
  void command(String command) {
    lines.command(INDENT + 2, command);
  }

  /** What people are told at the end. */
  void ending(RunReport report) {
    commands("planned", report.planned());
    section("not done", report.left());
    Storm.scope(report.stoppedBy()).ifPresent(scope -> section("told", List.of(together(scope))));
    Set<String> told = new HashSet<>();
    report.notices().forEach(notice -> notification(notice, told));
    lines.blank();
    lines.text(2, null, report.summary());
  }

  /** How people hear of a run that was held back by a storm. */
  static String together(String scope) {
    return "The first of the storm in "
        + scope
        + " sends what follows at once; all others are told of in one digest.";
  }

  /**
   * @param told what an earlier notice said already, which is not said again
   */
  void notification(RunReport.Notification notice, Set<String> told) {
    String channels =
        notice.channels().entrySet().stream()
            .map(
                channel ->
                    channel.getKey()
                        + (channel.getValue().isEmpty() ? "" : " " + channel.getValue()))
            .collect(Collectors.joining(", "));
    lines.blank();
    terminal
        .out()
        .println(
            "  "
                + terminal.styled(Style.BOLD, notice.event())
                + " to "
                + channels
                + ", "
                + notice.priority());
    if (notice.details() != null && told.add(notice.details())) {
      section("", notice.details().lines().toList());
    }
    notice
        .fields()
        .forEach(
            (title, text) -> {
              if (told.add(title + text)) {
                line(title, Brief.of(Value.of(text), fourLines()));
              }
            });
    notice
        .attachments()
        .forEach(
            (title, text) -> {
              if (told.add("attached " + title)) {
                line(
                    "attached " + title,
                    terminal.styled(Style.FAINT, text.lines().count() + " lines"));
              }
            });
    section("next steps", notice.nextSteps().stream().filter(told::add).toList());
    commands("by hand", notice.commands().stream().filter(told::add).toList());
  }
}
