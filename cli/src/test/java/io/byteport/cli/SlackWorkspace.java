package io.byteport.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One channel of Slack as a bot meets it over the web API: posts with their threads, and what was
 * posted before. It can be made to refuse everything, as a server that is down.
 */
final class SlackWorkspace implements AutoCloseable {
  static final String CHANNEL = "C024BE91L";

  private final HttpServer server;
  private final List<Posted> posted = new ArrayList<>();
  private boolean down;
  private int refused;

  /**
   * A message.
   *
   * @param thread of which it is an answer; empty for none
   */
  record Posted(String ts, String thread, JsonNode payload) {
    boolean says(String words) {
      return payload.toString().contains(words);
    }

    String notice() {
      return payload.at("/metadata/event_payload/notice").asString();
    }

    String incident() {
      return payload.at("/metadata/event_payload/incident").asString();
    }
  }

  SlackWorkspace() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<Posted> posted() {
    return List.copyOf(posted);
  }

  synchronized void down(boolean isDown) {
    this.down = isDown;
  }

  /** How many requests were refused because it is down. */
  synchronized int refused() {
    return refused;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String method = exchange.getRequestURI().getPath().substring(1);
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, Object> said = said(method, body, query == null ? "" : query);
    byte[] answer = JsonMapper.shared().writeValueAsBytes(said);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(said.containsKey("error") ? 503 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private synchronized Map<String, Object> said(String method, String body, String query) {
    if (down) {
      refused++;
      return Map.of("ok", false, "error", "service_unavailable");
    }
    return switch (method) {
      case "chat.postMessage" -> post(JsonMapper.shared().readTree(body));
      case "conversations.history" -> messages("");
      case "conversations.replies" -> messages(parameter(query, "ts"));
      default -> Map.of("ok", false, "error", "unknown_method");
    };
  }

  private static String parameter(String query, String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private Map<String, Object> post(JsonNode payload) {
    String ts = "1767614" + (600 + posted.size()) + ".000100";
    posted.add(new Posted(ts, payload.path("thread_ts").asString(""), payload));
    return Map.of("ok", true, "ts", ts);
  }

  private Map<String, Object> messages(String thread) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Posted one : posted.reversed()) {
      boolean wanted =
          thread.isEmpty()
              ? one.thread().isEmpty() || one.payload().path("reply_broadcast").asBoolean(false)
              : one.ts().equals(thread) || one.thread().equals(thread);
      if (wanted) {
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
    return Map.of("ok", true, "messages", shown);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
