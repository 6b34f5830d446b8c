package io.byteport.adapter.cloud.sentry;

import io.byteport.adapter.cloud.http.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as one text: exceptions from the innermost on, each with its type, message and frames,
 * the one that raised it first. Pure.
 */
final class EventText {
  private static final int LONGEST = 64 * 1024;

  private EventText() {}

  static String of(Json event) {
    StringBuilder text = new StringBuilder();
    for (Json entry : event.at("entries").items()) {
      switch (String.valueOf(entry.text("type"))) {
        case "exception" ->
            entry.at("data", "values").items().forEach(value -> exception(value, text));
        case "message" -> line(text, entry.text("data", "formatted"));
        default -> {
          // Breadcrumbs, requests and the rest are no part of what went wrong.
        }
      }
    }
    if (text.isEmpty()) {
      line(text, event.text("title"));
      line(text, event.text("message"));
    }
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text.toString();
  }

  private static void exception(Json value, StringBuilder text) {
    String type = value.text("type");
    String message = value.text("value");
    line(text, (type == null ? "" : type + ": ") + (message == null ? "" : message));
    List<Json> frames = value.at("stacktrace", "frames").items();
    for (int i = frames.size() - 1; i >= 0 && text.length() <= LONGEST; i--) {
      Json frame = frames.get(i);
      String function = frame.text("function");
      String file = frame.text("filename");
      String number = frame.text("lineNo");
      line(
          text,
          "  at "
              + (function == null ? "?" : function)
              + " ("
              + (file == null ? String.valueOf(frame.text("module")) : file)
              + (number == null ? "" : ":" + number)
              + ")");
    }
  }

  private static void line(StringBuilder text, @Nullable String line) {
    if (line != null && !line.isEmpty() && text.length() <= LONGEST) {
      text.append(line).append('\n');
    }
  }
}
