package io.byteport.adapter.notify.pagerduty;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.Telling.Link;
import io.byteport.adapter.notify.Tone;
import io.byteport.engine.channel.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A message as an event of PagerDuty, which shows it as plain text. All that is said about one
 * incident has one key there: the first escalation triggers, later ones update, and the resolution
 * resolves it. Pure.
 *
 * @see <a href="https://developer.pagerduty.com/docs/events-api-v2-overview">Events API v2</a>
 */
final class PagerDutyEvent {
  private static final int SUMMARY = 1024;
  private static final int KEY = 255;
  private static final int FIELD = 2000;
  private static final int LIST = 8000;

  /** In characters; PagerDuty takes 512 KB. */
  private static final int DETAILS = 100_000;

  private PagerDutyEvent() {}

  /** Without the key that it is routed by, which is a secret. */
  static Map<String, Object> of(Telling telling) {
    Map<String, Object> event = new LinkedHashMap<>();
    String action = action(telling.tone());
    event.put("event_action", action);
    event.put("dedup_key", key(telling));
    if (!action.equals("trigger")) {
      return event;
    }
    event.put("client", "BytePort");
    telling.run().address().ifPresent(uri -> event.put("client_url", uri.toString()));
    List<Map<String, Object>> links =
        Stream.of(telling.run(), telling.runbook())
            .filter(link -> link.address().isPresent())
            .map(PagerDutyEvent::link)
            .toList();
    if (!links.isEmpty()) {
      event.put("links", links);
    }
    event.put("payload", payload(telling));
    return event;
  }

  /** What begins or goes on is acknowledged, what is over resolved; for the rest somebody wakes. */
  private static String action(Tone tone) {
    return switch (tone) {
      case RESOLVED -> "resolve";
      case ACTING -> "acknowledge";
      case OPENED, PLANNED, ASKED, ESCALATED, FAILED, STORM, NOTICE -> "trigger";
    };
  }

  /** {@code byteport/SOURCE/SIGNAL/TARGET}; one that is too long keeps a digest of the whole. */
  static String key(Telling telling) {
    String key = telling.message().incidentKey();
    if (key.length() <= KEY) {
      return key;
    }
    String digest = "#" + telling.incident();
    return key.substring(0, KEY - digest.length()) + digest;
  }

  /** PagerDuty's word for a severity. */
  static String severity(String severity) {
    return switch (severity.toLowerCase(Locale.ROOT)) {
      case "critical" -> "critical";
      case "high" -> "error";
      case "warning", "medium" -> "warning";
      default -> "info";
    };
  }

  private static Map<String, Object> payload(Telling telling) {
    Message.Subject subject = telling.message().subject();
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("summary", Cut.line(telling.heading(), SUMMARY));
    payload.put("source", Cut.line(telling.target(), SUMMARY));
    payload.put("severity", severity(telling.severity()));
    payload.put("timestamp", subject.at().toString());
    payload.put("component", Cut.line(telling.about().getOrDefault("runbook", ""), SUMMARY));
    payload.put("group", Cut.line(subject.category(), SUMMARY));
    payload.put(
        "class", Cut.line(telling.about().getOrDefault("class", subject.signal()), SUMMARY));
    payload.put("custom_details", details(telling));
    return payload;
  }

  private static Map<String, Object> details(Telling telling) {
    Message.Subject subject = telling.message().subject();
    Map<String, Object> details = new LinkedHashMap<>();
    telling.own().ifPresent(text -> details.put("text", Cut.text(text, LIST)));
    details.put("signal type", Cut.line(subject.signal(), FIELD));
    details.put("source adapter", Cut.line(subject.source(), FIELD));
    details.put("runbook attempted", Cut.line(subject.runbook(), FIELD));
    telling.body().ifPresent(reason -> details.put("reason", Cut.text(reason, LIST)));
    details.put("run log", telling.run().text());
    telling.mention().ifPresent(mention -> details.put("for", mention));
    int room = DETAILS;
    List<String> left = new ArrayList<>();
    for (Map.Entry<String, String> field : telling.fields().entrySet()) {
      String text = Cut.text(field.getValue(), FIELD);
      room -= text.length();
      if (room < 0) {
        left.add(field.getKey());
      } else {
        details.putIfAbsent(field.getKey(), text);
      }
    }
    if (!left.isEmpty()) {
      details.put("left out", Cut.more(left.size(), "facts: ") + telling.run().text());
    }
    list(details, "next steps", telling.steps(), telling.run());
    list(details, "by hand", telling.commands(), telling.run());
    telling
        .shown()
        .forEach((title, text) -> list(details, title, text.lines().toList(), telling.run()));
    return details;
  }

  private static void list(
      Map<String, Object> details, String title, List<String> texts, Link run) {
    if (texts.isEmpty()) {
      return;
    }
    Cut.Part part = Cut.lines(texts, LIST, text -> text);
    List<String> shown = new ArrayList<>(part.items());
    if (!part.isWhole()) {
      shown.add(Cut.more(part.left(), "lines: ") + run.text());
    }
    details.put(title, shown);
  }

  private static Map<String, Object> link(Link link) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("href", link.address().orElseThrow().toString());
    written.put("text", link.name());
    return written;
  }
}
