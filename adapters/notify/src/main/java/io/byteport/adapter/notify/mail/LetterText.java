package io.byteport.adapter.notify.mail;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Span;
import io.byteport.adapter.notify.Telling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A message as a mail without markup. Pure. */
final class LetterText {
  private static final int MOST = 20_000;
  private static final int FIELD = 2000;

  private LetterText() {}

  static String of(Telling telling) {
    List<String> parts = new ArrayList<>();
    telling.mention().ifPresent(mention -> parts.add("For " + mention));
    if (telling.own().isPresent()) {
      parts.add(Cut.text(telling.own().get(), MOST));
    } else {
      parts.add(telling.heading());
      telling.body().ifPresent(body -> parts.add(Cut.text(Span.plain(body), MOST)));
      parts.add(table(telling.about()));
      if (!telling.fields().isEmpty()) {
        parts.add(table(telling.fields()));
      }
      telling
          .shown()
          .forEach((title, text) -> parts.add(titled(title, text.lines().toList(), "  ")));
      if (!telling.steps().isEmpty()) {
        parts.add(titled("Next steps", telling.steps(), "  - "));
      }
      if (!telling.commands().isEmpty()) {
        parts.add(titled("By hand", telling.commands(), "  $ "));
      }
      if (!telling.attachments().isEmpty()) {
        parts.add("Attached: " + String.join(", ", Letter.attached(telling)));
      }
    }
    parts.add(telling.run().text() + "\n" + telling.runbook().text());
    return String.join("\n\n", parts) + "\n";
  }

  private static String titled(String title, List<String> texts, String mark) {
    Cut.Part part = Cut.lines(texts, MOST, text -> mark + text);
    String all = title + ":\n" + String.join("\n", part.items());
    return part.isWhole() ? all : all + "\n" + Cut.more(part.left(), "lines");
  }

  private static String table(Map<String, String> rows) {
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    int column = Math.min(width, 30);
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (title, value) -> {
          String label = title + " ".repeat(Math.max(0, column - title.length())) + "  ";
          String indent = "\n" + " ".repeat(label.length());
          lines.add(label + Cut.text(value, FIELD).replace("\n", indent));
        });
    return String.join("\n", lines);
  }
}
