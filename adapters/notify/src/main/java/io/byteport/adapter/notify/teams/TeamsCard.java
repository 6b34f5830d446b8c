package io.byteport.adapter.notify.teams;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Span;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.Telling.Link;
import io.byteport.adapter.notify.Tone;
import io.byteport.adapter.notify.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A message as an adaptive card. Text stands in runs of {@code RichTextBlock}, which Teams shows as
 * they are: no markup, no links, no mentions. A line has a block of its own. A message of more than
 * 28 KB is refused, so what is most needed gets room first. Pure.
 *
 * @see <a href="https://adaptivecards.io/explorer/RichTextBlock.html">RichTextBlock</a>
 */
final class TeamsCard {
  private static final int HEADING = 300;
  private static final int FIELD = 500;
  private static final int LINE = 1500;

  /** Bytes of JSON for all elements; the rest is for what is around them. */
  private static final int ALL = 24_000;

  private static final Pattern NAMED = Pattern.compile("([^<>@]+)<([^<>\\s]+)>");

  private final Telling telling;
  private final List<Map<String, Object>> body = new ArrayList<>();
  private int room = ALL;

  private TeamsCard(Telling telling) {
    this.telling = telling;
  }

  /** As a workflow takes it that waits for a webhook. */
  static Map<String, Object> payload(Telling telling) {
    Map<String, Object> attachment = new LinkedHashMap<>();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.put("content", new TeamsCard(telling).card());
    return ordered("type", "message", "attachments", List.of(attachment));
  }

  private Map<String, Object> card() {
    Map<String, Object> teams = new LinkedHashMap<>();
    teams.put("width", "Full");
    telling
        .mention()
        .ifPresent(
            mention -> {
              teams.put("entities", List.of(entity(mention)));
              add(ordered("type", "TextBlock", "text", at(mention), "wrap", true));
            });
    if (telling.own().isPresent()) {
      lines(telling.own().get().lines().toList(), "lines", "", false);
    } else {
      told();
    }
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    card.put("fallbackText", Cut.line(telling.heading(), HEADING));
    card.put("body", body);
    List<Map<String, Object>> actions = actions();
    if (!actions.isEmpty()) {
      card.put("actions", actions);
    }
    card.put("msteams", teams);
    return card;
  }

  private void told() {
    body.addFirst(heading());
    String classId = telling.about().get("class");
    String about = " · " + telling.target() + (classId == null ? "" : " · " + classId);
    add(rich(strong(telling.severity()), run(Cut.line(about, FIELD))));
    telling
        .body()
        .ifPresent(
            text -> lines(text.lines().filter(l -> !l.isBlank()).toList(), "lines", "", false));
    int before = body.size();
    int kept = room;
    room = room * 2 / 3;
    if (!telling.steps().isEmpty()) {
      title("Next steps");
      lines(telling.steps(), "steps", "•  ", false);
    }
    if (!telling.commands().isEmpty()) {
      title("By hand");
      lines(split(telling.commands()), "commands", "", true);
    }
    telling
        .shown()
        .forEach(
            (name, text) -> {
              title(name);
              lines(text.lines().toList(), "lines", "", true);
            });
    room += kept - kept * 2 / 3;
    int after = body.size();
    fields();
    Collections.rotate(body.subList(before, body.size()), before - after);
    if (Stream.of(telling.run(), telling.runbook()).anyMatch(link -> link.address().isEmpty())) {
      commands();
    }
    body.add(rich(subtle(Cut.line(telling.signal() + " · " + telling.time(), FIELD))));
  }

  private static List<String> split(List<String> commands) {
    return commands.stream().flatMap(String::lines).toList();
  }

  /** Where there is no console, the commands that show what is kept. */
  private void commands() {
    Stream.of(telling.run(), telling.runbook())
        .filter(link -> link.address().isEmpty())
        .forEach(
            link ->
                body.add(
                    rich(
                        subtle(Cut.line(link.name(), FIELD) + ": "),
                        code(Cut.line(link.text(), FIELD)))));
  }

  private Map<String, Object> heading() {
    Map<String, Object> run =
        run(telling.tone().symbol() + " " + Cut.line(telling.heading(), HEADING));
    run.put("weight", "Bolder");
    run.put("size", "Large");
    Map<String, Object> container = ordered("type", "Container", "style", style(telling.tone()));
    container.put("bleed", true);
    container.put("items", List.of(rich(run)));
    return container;
  }

  private static String style(Tone tone) {
    return switch (tone) {
      case RESOLVED -> "good";
      case ESCALATED, ASKED -> "warning";
      case FAILED, STORM -> "attention";
      case OPENED, ACTING, PLANNED -> "accent";
      case NOTICE -> "emphasis";
    };
  }

  private void fields() {
    int left = 0;
    for (Map.Entry<String, String> field : telling.fields().entrySet()) {
      List<String> lines = Cut.text(field.getValue(), FIELD).lines().toList();
      String first = lines.isEmpty() ? "–" : lines.get(0);
      boolean fits = add(rich(strong(field.getKey() + "  "), run(first)));
      for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        fits = fits && add(rich(run(line)));
      }
      left += fits ? 0 : 1;
    }
    if (left > 0) {
      more(left, "facts");
    }
  }

  private void title(String name) {
    Map<String, Object> block = rich(strong(name.isEmpty() ? name : capital(name)));
    block.put("spacing", "Medium");
    add(block);
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private void lines(List<String> lines, String what, String mark, boolean code) {
    int shown = 0;
    for (String line : lines) {
      List<Map<String, Object>> runs = new ArrayList<>();
      if (code) {
        runs.add(code(Cut.text(line, LINE)));
      } else {
        for (Span piece : Span.of(mark + Cut.text(line, LINE))) {
          runs.add(styled(piece));
        }
      }
      Map<String, Object> block = rich(runs);
      block.put("spacing", shown == 0 ? "Small" : "None");
      if (!add(block)) {
        break;
      }
      shown++;
    }
    if (shown < lines.size()) {
      more(lines.size() - shown, what);
    }
  }

  private void more(int left, String what) {
    body.add(rich(subtle(Cut.more(left, what) + ": " + Cut.line(telling.run().text(), FIELD))));
  }

  /** Whether there was room. */
  private boolean add(Map<String, Object> element) {
    int size = Json.write(element).getBytes(StandardCharsets.UTF_8).length + 1;
    if (size > room) {
      return false;
    }
    room -= size;
    body.add(element);
    return true;
  }

  private List<Map<String, Object>> actions() {
    return Stream.of(telling.run(), telling.runbook())
        .filter(link -> link.address().isPresent())
        .map(TeamsCard::action)
        .toList();
  }

  private static Map<String, Object> action(Link link) {
    return ordered(
        "type",
        "Action.OpenUrl",
        "title",
        Cut.line(link.name(), 100),
        "url",
        link.address().orElseThrow().toString());
  }

  /** {@code Jo Doe <jo@example.com>}, or the address alone. */
  private static Map<String, Object> entity(String mention) {
    Matcher named = NAMED.matcher(mention);
    String name = named.matches() ? named.group(1).strip() : mention;
    String id = named.matches() ? named.group(2) : mention;
    return ordered(
        "type", "mention", "text", at(mention), "mentioned", ordered("id", id, "name", name));
  }

  private static String at(String mention) {
    Matcher named = NAMED.matcher(mention);
    String name = named.matches() ? named.group(1).strip() : mention;
    return "<at>" + name.replace("<", "").replace(">", "") + "</at>";
  }

  private static Map<String, Object> rich(Map<String, Object> run) {
    return rich(List.of(run));
  }

  private static Map<String, Object> rich(Map<String, Object> one, Map<String, Object> other) {
    return rich(List.of(one, other));
  }

  private static Map<String, Object> rich(List<Map<String, Object>> runs) {
    return ordered("type", "RichTextBlock", "inlines", List.copyOf(runs));
  }

  private static Map<String, Object> styled(Span piece) {
    return switch (piece.style()) {
      case PLAIN -> run(piece.text());
      case STRONG -> strong(piece.text());
      case CODE -> code(piece.text());
    };
  }

  private static Map<String, Object> run(String text) {
    return ordered("type", "TextRun", "text", text);
  }

  private static Map<String, Object> strong(String text) {
    Map<String, Object> run = run(text);
    run.put("weight", "Bolder");
    return run;
  }

  private static Map<String, Object> code(String text) {
    Map<String, Object> run = run(text);
    run.put("fontType", "Monospace");
    return run;
  }

  private static Map<String, Object> subtle(String text) {
    Map<String, Object> run = run(text);
    run.put("isSubtle", true);
    run.put("size", "Small");
    return run;
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
