package io.byteport.adapter.notify.datadog;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Plain;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.Tone;
import io.byteport.engine.channel.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A message as an event of Datadog: plain text of 4000 characters, in which an {@code @} calls
 * somebody, and tags to find it by. Pure.
 *
 * @see <a href="https://docs.datadoghq.com/api/latest/events/#post-an-event">Post an event</a>
 */
final class DatadogEvent {
  private static final int TITLE = 100;
  private static final int TEXT = 4000;
  private static final int TAG = 200;
  private static final int KEY = 100;

  private DatadogEvent() {}

  /**
   * @param tags that every event has
   */
  static Map<String, Object> of(Telling telling, List<String> tags) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("title", Cut.line(safe(telling.heading()), TITLE));
    event.put("text", text(telling));
    event.put("alert_type", type(telling));
    event.put("priority", telling.tone() == Tone.RESOLVED ? "low" : "normal");
    event.put("date_happened", telling.message().subject().at().getEpochSecond());
    event.put("source_type_name", "byteport");
    event.put("aggregation_key", key(telling.message().incidentKey(), telling.incident()));
    event.put("tags", tags(telling, tags));
    return event;
  }

  private static String key(String key, String digest) {
    return key.length() <= KEY ? key : key.substring(0, KEY - digest.length() - 1) + "#" + digest;
  }

  private static String type(Telling telling) {
    return switch (telling.tone()) {
      case RESOLVED -> "success";
      case OPENED, ACTING, NOTICE -> "info";
      case PLANNED, ASKED -> "warning";
      case ESCALATED, FAILED, STORM ->
          switch (telling.severity().toLowerCase(Locale.ROOT)) {
            case "critical", "high" -> "error";
            default -> "warning";
          };
    };
  }

  private static List<String> tags(Telling telling, List<String> more) {
    Message.Subject subject = telling.message().subject();
    List<String> tags = new ArrayList<>();
    tags.add(tag("signal_type", subject.signal()));
    tags.add(tag("runbook", subject.runbook()));
    tags.add(tag("severity", telling.severity()));
    tags.add(tag("event", telling.message().notice().event()));
    tags.add(tag("target", subject.target()));
    if (subject.classId() != null) {
      tags.add(tag("class", subject.classId()));
    }
    telling.message().labels().forEach(label -> tags.add(cut(label)));
    more.forEach(label -> tags.add(cut(label)));
    return List.copyOf(tags);
  }

  private static String tag(String name, String value) {
    return cut(name + ":" + value);
  }

  /** Letters, digits and a few marks, in lower case: what Datadog keeps of a tag. */
  private static String cut(String tag) {
    String clean = tag.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_:./-]", "_");
    return clean.length() <= TAG ? clean : clean.substring(0, TAG);
  }

  private static String text(Telling telling) {
    List<String> lines = new ArrayList<>();
    if (telling.own().isPresent()) {
      lines.add(safe(telling.own().get()));
    } else {
      telling.body().ifPresent(body -> lines.add(safe(body) + "\n"));
      telling.fields().forEach((title, value) -> lines.add(safe(title + ": " + value)));
      list(lines, "Next steps", telling.steps(), "- ");
      list(lines, "By hand", telling.commands(), "$ ");
      telling.shown().forEach((title, text) -> list(lines, title, text.lines().toList(), ""));
    }
    String links =
        "\n\nRun: " + safe(telling.run().text()) + "\nRunbook: " + safe(telling.runbook().text());
    String mention = telling.mention().map(name -> at(name) + "\n\n").orElse("");
    int room = TEXT - links.length() - mention.length();
    String said = String.join("\n", lines);
    return mention + Cut.text(said, Math.max(0, room)) + links;
  }

  /** Nobody is called in it, and it begins no Markdown. */
  private static String safe(String text) {
    return Plain.withoutCalls(text).replace("%%%", "%" + Plain.BREAK + "%%");
  }

  /** As Datadog finds people and channels: {@code @slack-ops}. */
  private static String at(String mention) {
    return mention.startsWith("@") ? mention : "@" + mention;
  }

  private static void list(List<String> lines, String title, List<String> texts, String mark) {
    if (!texts.isEmpty()) {
      lines.add("\n" + safe(title) + ":");
      texts.forEach(text -> lines.add(mark + safe(text)));
    }
  }
}
