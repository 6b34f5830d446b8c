package io.byteport.adapter.notify.github;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Plain;
import io.byteport.adapter.notify.Telling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message as an issue or a comment, with a mark at its end that nobody sees and by which both are
 * found again. GitHub takes 65,536 characters. Pure.
 */
final class IssueText {
  private static final int TITLE = 250;
  private static final int ALL = 64_000;
  private static final int BODY = 12_000;
  private static final int FIELD = 2000;
  private static final int LIST = 10_000;
  private static final int ATTACHMENT = 15_000;
  private static final Pattern MARK =
      Pattern.compile("<!-- byteport incident=([0-9a-f]{16}) notice=([0-9a-f]{16}) -->");

  private IssueText() {}

  /** What a text is about, as its mark says. */
  record Mark(String incident, String notice) {

    static Mark of(Telling telling) {
      return new Mark(telling.incident(), telling.key());
    }

    /** Of the last mark in a text, which is ours: others may have put theirs into what we quote. */
    static Mark in(String text) {
      Mark found = new Mark("", "");
      Matcher marks = MARK.matcher(text);
      while (marks.find()) {
        found = new Mark(marks.group(1), marks.group(2));
      }
      return found;
    }

    @Override
    public String toString() {
      return "<!-- byteport incident=" + incident + " notice=" + notice + " -->";
    }
  }

  /** One line; GitHub shows it as it is. */
  static String title(Telling telling) {
    String title = telling.own().isPresent() ? telling.heading() : telling.title();
    return Cut.line(Plain.withoutCalls(title), TITLE);
  }

  /** For an issue, and for a comment below it. */
  static String body(Telling telling) {
    List<String> parts = new ArrayList<>();
    telling.mention().map(IssueText::at).ifPresent(parts::add);
    if (telling.own().isPresent()) {
      parts.add(Cut.text(telling.own().get(), BODY, Markdown::text));
    } else {
      parts.add("### " + telling.tone().symbol() + " " + Markdown.text(telling.heading()));
      telling.body().ifPresent(text -> parts.add(Markdown.styled(Cut.text(text, BODY))));
      parts.add(facts(telling));
      list(parts, "Next steps", telling.steps(), "- [ ] ");
      if (!telling.commands().isEmpty()) {
        parts.add("**By hand**\n\n" + code(telling.commands(), "sh"));
      }
    }
    String foot = "\n\n" + foot(telling) + "\n\n" + Mark.of(telling) + "\n";
    StringBuilder all = new StringBuilder(String.join("\n\n", parts));
    if (telling.own().isEmpty()) {
      attach(all, telling, ALL - foot.length());
    }
    return all.append(foot).toString();
  }

  private static void attach(StringBuilder all, Telling telling, int limit) {
    int left = 0;
    for (Map.Entry<String, String> attachment : telling.attachments().entrySet()) {
      String folded = folded(attachment.getKey(), attachment.getValue());
      if (all.length() + folded.length() + 100 > limit) {
        left++;
      } else {
        all.append("\n\n").append(folded);
      }
    }
    if (left > 0) {
      all.append("\n\n").append(Markdown.text(Cut.more(left, "attachments are kept with the run")));
    }
  }

  private static String folded(String title, String text) {
    return "<details><summary>"
        + Markdown.harmless(title)
        + "</summary>\n\n"
        + Markdown.fenced("text", Cut.text(text, ATTACHMENT))
        + "\n\n</details>";
  }

  private static String facts(Telling telling) {
    List<String> rows = new ArrayList<>();
    telling.about().forEach((title, value) -> rows.add(fact(title, value)));
    telling.fields().forEach((title, value) -> rows.add(fact(title, value)));
    Cut.Part part = Cut.lines(rows, BODY, row -> row);
    String all = String.join("\n", part.items());
    return part.isWhole() ? all : all + "\n- " + Markdown.text(Cut.more(part.left(), "facts"));
  }

  private static String fact(String title, String value) {
    String shown = Cut.text(value, FIELD);
    String cell =
        shown.contains("\n")
            ? "\n  " + Markdown.fenced("text", shown).replace("\n", "\n  ")
            : " " + Markdown.code(shown);
    return "- **" + Markdown.text(title) + "**" + cell;
  }

  private static void list(List<String> parts, String title, List<String> texts, String mark) {
    if (texts.isEmpty()) {
      return;
    }
    Cut.Part part = Cut.lines(texts, LIST, text -> mark + Markdown.styled(text));
    String all = "**" + title + "**\n\n" + String.join("\n", part.items());
    parts.add(part.isWhole() ? all : all + "\n\n" + Markdown.text(Cut.more(part.left(), "steps")));
  }

  private static String code(List<String> commands, String language) {
    Cut.Part part = Cut.lines(commands, LIST, command -> command);
    String all = Markdown.fenced(language, String.join("\n", part.items()));
    return part.isWhole() ? all : all + "\n\n" + Markdown.text(Cut.more(part.left(), "commands"));
  }

  private static String at(String mention) {
    return mention.startsWith("@") ? mention : "@" + mention;
  }

  private static String foot(Telling telling) {
    return String.join(
        " · ",
        Markdown.link(telling.run()),
        Markdown.link(telling.runbook()),
        Markdown.text(telling.time()));
  }
}
