package io.byteport.adapter.notify;

import io.byteport.adapter.notify.http.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What people see of a payload, as far as plain text can show it. */
public final class Preview {
  private Preview() {}

  /** Of blocks of Slack. */
  public static String ofSlack(Object payload) {
    List<String> lines = new ArrayList<>();
    for (JsonNode block : Json.read(Json.write(payload)).path("blocks")) {
      lines.add(
          switch (block.path("type").asString()) {
            case "header" -> "# " + block.path("text").path("text").asString();
            case "context" -> shown(block.path("elements").get(0).path("text").asString());
            default -> section(block);
          });
    }
    return String.join("\n\n", lines) + "\n";
  }

  private static String section(JsonNode block) {
    if (!block.has("fields")) {
      return shown(block.path("text").path("text").asString());
    }
    List<String> fields = new ArrayList<>();
    block
        .path("fields")
        .forEach(field -> fields.add(shown(field.path("text").asString()).replace("*\n", "*  ")));
    return String.join("\n", fields);
  }

  /** Links by their labels, dates by what stands for them. */
  private static String shown(String mrkdwn) {
    return mrkdwn
        .replaceAll("<https?://[^|>]*\\|([^>]*)>", "[$1]")
        .replaceAll("<!date\\^[^|>]*\\|([^>]*)>", "$1")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  /** Of an adaptive card. */
  public static String ofTeams(Object payload) {
    JsonNode card = Json.read(Json.write(payload)).path("attachments").get(0).path("content");
    StringBuilder lines = new StringBuilder();
    card.path("body").forEach(element -> element(element, lines));
    List<String> buttons = new ArrayList<>();
    card.path("actions").forEach(action -> buttons.add("[" + Json.text(action, "title") + "]"));
    return lines + "\n" + String.join(" ", buttons) + "\n";
  }

  private static void element(JsonNode element, StringBuilder lines) {
    switch (element.path("type").asString()) {
      case "Container" -> {
        lines.append("# ");
        element.path("items").forEach(item -> element(item, lines));
        lines.append('\n');
      }
      case "TextBlock" -> lines.append(Json.text(element, "text")).append('\n');
      default -> {
        lines.append(element.path("spacing").asString("").equals("Medium") ? "\n" : "");
        element.path("inlines").forEach(run -> lines.append(Json.text(run, "text")));
        lines.append('\n');
      }
    }
  }
}
