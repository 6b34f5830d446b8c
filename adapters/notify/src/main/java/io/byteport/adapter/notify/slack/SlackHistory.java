package io.byteport.adapter.notify.slack;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Json;
import io.byteport.engine.channel.ChannelException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What was posted before, by the metadata that our messages carry. Where a bot may not read it,
 * nothing was: a message that stands alone is better than none.
 *
 * @see <a href="https://docs.slack.dev/messaging/message-metadata/">Message metadata</a>
 */
record SlackHistory(SlackApi api) {
  private static final String TYPE = "byteport_notice";
  private static final int MOST_PAGES = 5;

  /**
   * A message that was posted.
   *
   * @param thread by which it is answered
   * @param notice its key
   * @param answers how many there are below it
   */
  record Posted(String thread, String notice, int answers) {}

  /** What a message carries to be found again. */
  static Map<String, Object> metadata(Telling telling) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("incident", telling.incident());
    about.put("notice", telling.key());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("event_type", TYPE);
    metadata.put("event_payload", about);
    return metadata;
  }

  /** The newest message of an incident that begins a thread. */
  Optional<Posted> beginning(String channel, String incident, Instant since)
      throws ChannelException, InterruptedException {
    return search(
        "conversations.history",
        Map.of("channel", channel, "oldest", Long.toString(since.getEpochSecond())),
        "incident",
        incident);
  }

  /** Whether a notice is below that message. */
  boolean isAnswered(String channel, String thread, String notice)
      throws ChannelException, InterruptedException {
    return search(
            "conversations.replies", Map.of("channel", channel, "ts", thread), "notice", notice)
        .isPresent();
  }

  /** Whether a notice is in a room. */
  boolean isIn(String channel, String notice) throws ChannelException, InterruptedException {
    return search("conversations.history", Map.of("channel", channel), "notice", notice)
        .isPresent();
  }

  private Optional<Posted> search(
      String method, Map<String, String> where, String field, String value)
      throws ChannelException, InterruptedException {
    Map<String, String> arguments = new LinkedHashMap<>(where);
    arguments.put("include_all_metadata", "true");
    arguments.put("limit", "200");
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode said;
      try {
        said = api.get(method, arguments);
      } catch (SlackApi.Refused unreadable) {
        return Optional.empty();
      }
      for (JsonNode message : said.path("messages")) {
        JsonNode metadata = message.path("metadata");
        JsonNode about = metadata.path("event_payload");
        if (Json.text(metadata, "event_type").equals(TYPE)
            && Json.text(about, field).equals(value)) {
          String thread = Json.text(message, "thread_ts");
          return Optional.of(
              new Posted(
                  thread.isEmpty() ? Json.text(message, "ts") : thread,
                  Json.text(about, "notice"),
                  message.path("reply_count").asInt(0)));
        }
      }
      String next = Json.text(said.path("response_metadata"), "next_cursor");
      if (next.isEmpty()) {
        break;
      }
      arguments.put("cursor", next);
    }
    return Optional.empty();
  }
}
