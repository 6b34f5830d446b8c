package io.byteport.adapter.notify.slack;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Plain;
import io.byteport.adapter.notify.Telling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A message as Slack shows it, within the limits of Block Kit: 150 characters for a header, 3000
 * for a text, 2000 for a field of which ten stand in a section, 50 blocks. What is most needed gets
 * room first. Pure.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit</a>
 */
public final class SlackBlocks {
  private static final int HEADER = 150;
  private static final int TEXT = 3000;
  private static final int FIELD = 500;
  private static final int FIELDS_IN_SECTION = 10;
  private static final int MOST_FIELDS = 20;

  /** All texts together; Slack refuses longer messages without saying what is too long. */
  private static final int ALL = 12_000;

  private final Telling telling;
  private int room = ALL;

  private SlackBlocks(Telling telling) {
    this.telling = telling;
  }

  /**
   * The fields that every message to Slack has: {@code text} for notifications, and {@code blocks}.
   */
  public static Map<String, Object> payload(Telling telling) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("text", fallback(telling));
    payload.put("blocks", new SlackBlocks(telling).blocks());
    payload.put("unfurl_links", false);
    payload.put("unfurl_media", false);
    if (telling.mention().filter(Mrkdwn::isByName).isPresent()) {
      payload.put("link_names", true);
    }
    return payload;
  }

  /** One line for the lock screen. */
  private static String fallback(Telling telling) {
    String line = telling.heading();
    if (telling.own().isEmpty() && !line.contains(telling.target())) {
      line += " (" + telling.target() + ")";
    }
    return Cut.text(line, HEADER * 2, text -> Mrkdwn.text(Plain.withoutCalls(text)));
  }

  private List<Map<String, Object>> blocks() {
    List<Map<String, Object>> blocks = new ArrayList<>();
    telling.mention().ifPresent(mention -> blocks.add(calling(mention)));
    if (telling.own().isPresent()) {
      blocks.add(section(cut(telling.own().get())));
      blocks.add(context(links()));
      return blocks;
    }
    blocks.addFirst(header());
    blocks.add(context(about()));
    List<Map<String, Object>> details =
        telling.body().map(text -> section(cut(text))).stream().toList();
    List<Map<String, Object>> shown = shown();
    List<Map<String, Object>> steps = steps();
    List<Map<String, Object>> commands = commands();
    blocks.addAll(details);
    blocks.addAll(fields());
    blocks.addAll(shown);
    blocks.addAll(steps);
    blocks.addAll(commands);
    String attached = attached();
    if (!attached.isEmpty()) {
      blocks.add(context(attached));
    }
    blocks.add(context(links()));
    return blocks;
  }

  private Map<String, Object> header() {
    String title = telling.tone().symbol() + " " + telling.heading();
    return ordered("type", "header", "text", plain(Cut.line(title, HEADER)));
  }

  private static Map<String, Object> plain(String text) {
    return ordered("type", "plain_text", "text", text, "emoji", false);
  }

  /** The one place where Slack is to look for names. */
  private static Map<String, Object> calling(String mention) {
    Map<String, Object> text =
        ordered("type", "mrkdwn", "text", Mrkdwn.mention(mention), "verbatim", false);
    return ordered("type", "section", "text", text);
  }

  private String about() {
    StringBuilder about = new StringBuilder();
    about.append("*").append(Mrkdwn.text(Cut.line(telling.severity(), 40))).append("*");
    about.append(" · ").append(Mrkdwn.inline(Cut.line(telling.target(), 300)));
    String classId = telling.about().get("class");
    if (classId != null) {
      about.append(" · ").append(Mrkdwn.text(Cut.line(classId, 100)));
    }
    return about.toString();
  }

  private String links() {
    String time =
        "<!date^"
            + telling.message().subject().at().getEpochSecond()
            + "^{date_short_pretty} {time_secs}|"
            + telling.time()
            + ">";
    return String.join(
        " · ",
        Mrkdwn.link(telling.run()),
        Mrkdwn.link(telling.runbook()),
        Mrkdwn.text(Cut.line(telling.signal(), 200)),
        time);
  }

  private List<Map<String, Object>> fields() {
    List<Map<String, Object>> fields = new ArrayList<>();
    int left = 0;
    for (Map.Entry<String, String> field : telling.fields().entrySet()) {
      String title = "*" + Mrkdwn.text(Cut.line(field.getKey(), 80)) + "*\n";
      if (fields.size() == MOST_FIELDS || room < title.length() + 60) {
        left++;
        continue;
      }
      int limit = Math.min(FIELD, room - title.length());
      String value = field.getValue().isEmpty() ? "–" : field.getValue();
      String text = title + Cut.text(value, limit, Mrkdwn::text);
      room -= text.length();
      fields.add(mrkdwn(text));
    }
    List<Map<String, Object>> sections = new ArrayList<>();
    for (int from = 0; from < fields.size(); from += FIELDS_IN_SECTION) {
      int to = Math.min(fields.size(), from + FIELDS_IN_SECTION);
      sections.add(ordered("type", "section", "fields", List.copyOf(fields.subList(from, to))));
    }
    if (left > 0) {
      sections.add(context(more(left, "facts")));
    }
    return sections;
  }

  private List<Map<String, Object>> steps() {
    return list("*Next steps*", telling.steps(), "steps", step -> "•  " + Mrkdwn.text(step), "");
  }

  private List<Map<String, Object>> commands() {
    return list("*By hand*", telling.commands(), "commands", Mrkdwn::inFence, "```");
  }

  private List<Map<String, Object>> shown() {
    List<Map<String, Object>> shown = new ArrayList<>();
    telling
        .shown()
        .forEach(
            (title, text) ->
                shown.addAll(
                    list(
                        "*" + Mrkdwn.text(capital(Cut.line(title, 80))) + "*",
                        text.lines().toList(),
                        "lines",
                        Mrkdwn::inFence,
                        "```")));
    return shown;
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** A titled list in one text; what does not fit is counted. */
  private List<Map<String, Object>> list(
      String title, List<String> texts, String what, UnaryOperator<String> written, String fence) {
    int around = title.length() + 2 * fence.length() + 4;
    int limit = Math.min(TEXT, room) - around;
    Cut.Part part = Cut.lines(texts, Math.max(0, limit - 200), written);
    if (texts.isEmpty()) {
      return List.of();
    }
    StringBuilder text = new StringBuilder(title);
    if (!part.items().isEmpty()) {
      text.append('\n').append(fence).append(fence.isEmpty() ? "" : "\n");
      text.append(String.join("\n", part.items()));
      text.append(fence.isEmpty() ? "" : "\n").append(fence);
    }
    room -= text.length();
    List<Map<String, Object>> blocks = new ArrayList<>(List.of(section(text.toString())));
    if (!part.isWhole()) {
      blocks.add(context(more(part.left(), what)));
    }
    return blocks;
  }

  private String attached() {
    List<String> names = new ArrayList<>();
    telling
        .attachments()
        .forEach(
            (title, text) -> {
              if (!telling.shown().containsKey(title)) {
                names.add(Mrkdwn.text(Cut.line(title, 60)) + " (" + lines(text) + ")");
              }
            });
    if (names.isEmpty()) {
      return "";
    }
    return Cut.line("Kept with the run: " + String.join(", ", names), 1000);
  }

  private static String lines(String text) {
    long lines = text.lines().count();
    return lines == 1 ? "1 line" : lines + " lines";
  }

  private String more(int left, String what) {
    return Mrkdwn.link(telling.run(), Cut.more(left, what));
  }

  private String cut(String text) {
    String cut = Cut.text(text, Math.min(TEXT, room), Mrkdwn::text);
    room -= cut.length();
    return cut;
  }

  private static Map<String, Object> section(String text) {
    return ordered("type", "section", "text", mrkdwn(text));
  }

  private static Map<String, Object> context(String text) {
    return ordered("type", "context", "elements", List.of(mrkdwn(text)));
  }

  private static Map<String, Object> mrkdwn(String text) {
    return ordered("type", "mrkdwn", "text", text, "verbatim", true);
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
