package io.byteport.adapter.notify.slack;

import io.byteport.adapter.notify.Receiver;
import io.byteport.adapter.notify.Receiver.Asked;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.adapter.notify.http.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** A workspace of Slack, as its web API shows and changes it. */
final class Workspace implements AutoCloseable {
  private final Receiver receiver = new Receiver().answers(this::answer);
  private final List<Room> rooms = new ArrayList<>();
  private final List<Posted> posted = new ArrayList<>();
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

  /** A channel. */
  static final class Room {
    final String id;
    final String name;
    final List<String> invited = new ArrayList<>();
    boolean archived;

    Room(String id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  /**
   * A message.
   *
   * @param thread of which it is an answer; empty for none
   */
  record Posted(String channel, String ts, String thread, JsonNode payload) {}

  Receiver receiver() {
    return receiver;
  }

  synchronized Room room(String id, String name) {
    Room room = new Room(id, name);
    rooms.add(room);
    return room;
  }

  synchronized List<Room> rooms() {
    return List.copyOf(rooms);
  }

  synchronized List<Posted> posted() {
    return List.copyOf(posted);
  }

  /** The bot lacks what this method needs. */
  Workspace forbids(String method) {
    forbidden.add(method);
    return this;
  }

  private synchronized Reply answer(Asked asked) {
    String path = asked.target().substring(1);
    int mark = path.indexOf('?');
    String method = mark < 0 ? path : path.substring(0, mark);
    if (forbidden.contains(method)) {
      return Reply.of(
          200, "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"channels:history\"}");
    }
    JsonNode body =
        asked.method().equals("POST")
            ? Json.read(asked.body())
            : Json.read(Json.write(query(mark < 0 ? "" : path.substring(mark + 1))));
    return switch (method) {
      case "chat.postMessage" -> post(body);
      case "conversations.history" -> messages(body.path("channel").asString(), "");
      case "conversations.replies" ->
          messages(body.path("channel").asString(), body.path("ts").asString());
      case "conversations.create" -> create(body.path("name").asString());
      case "conversations.invite" -> invite(body);
      case "conversations.list" -> list();
      default -> refused("unknown_method");
    };
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  private static Reply refused(String word) {
    return Reply.of(200, "{\"ok\":false,\"error\":\"" + word + "\"}");
  }

  private static Reply ok(String name, Object value) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put(name, value);
    return Reply.of(200, Json.write(answer));
  }

  private Reply post(JsonNode payload) {
    String ts = "17676146" + (10 + posted.size()) + ".000100";
    String channel = payload.path("channel").asString();
    if (rooms.stream().anyMatch(room -> room.id.equals(channel) && room.archived)) {
      return refused("is_archived");
    }
    if (rooms.stream().noneMatch(room -> room.id.equals(channel))) {
      return refused("channel_not_found");
    }
    posted.add(new Posted(channel, ts, payload.path("thread_ts").asString(""), payload));
    return ok("ts", ts);
  }

  private Reply messages(String channel, String thread) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Posted one : posted.reversed()) {
      boolean wanted =
          thread.isEmpty()
              ? one.thread().isEmpty() || one.payload().path("reply_broadcast").asBoolean(false)
              : one.ts().equals(thread) || one.thread().equals(thread);
      if (one.channel().equals(channel) && wanted) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("ts", one.ts());
        if (!one.thread().isEmpty()) {
          message.put("thread_ts", one.thread());
        }
        message.put("metadata", one.payload().path("metadata"));
        message.put(
            "reply_count",
            posted.stream().filter(other -> other.thread().equals(one.ts())).count());
        shown.add(message);
      }
    }
    return ok("messages", shown);
  }

  private Reply create(String name) {
    if (rooms.stream().anyMatch(room -> room.name.equals(name))) {
      return refused("name_taken");
    }
    Room room = room("C0000000" + rooms.size(), name);
    return ok("channel", Map.of("id", room.id, "name", name));
  }

  private Reply invite(JsonNode body) {
    for (Room room : rooms) {
      if (room.id.equals(body.path("channel").asString())) {
        for (String user : body.path("users").asString().split(",", -1)) {
          room.invited.add(user);
        }
      }
    }
    return ok("channel", Map.of());
  }

  private Reply list() {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Room room : rooms) {
      Map<String, Object> channel = new LinkedHashMap<>();
      channel.put("id", room.id);
      channel.put("name", room.name);
      channel.put("is_archived", room.archived);
      channel.put("num_members", 1 + room.invited.size());
      shown.add(channel);
    }
    return ok("channels", shown);
  }

  @Override
  public void close() {
    receiver.close();
  }
}
