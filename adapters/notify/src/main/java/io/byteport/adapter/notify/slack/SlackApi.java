package io.byteport.adapter.notify.slack;

import io.byteport.adapter.notify.http.Answer;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.http.Destination;
import io.byteport.adapter.notify.http.Json;
import io.byteport.adapter.notify.http.Request;
import io.byteport.adapter.notify.http.Transport;
import io.byteport.adapter.notify.http.Verdict;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.spi.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Slack's web API, as a bot speaks it. It says no with the status 200.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/">Web API</a>
 */
final class SlackApi implements AutoCloseable {
  private static final Set<String> PASSING =
      Set.of(
          "ratelimited",
          "rate_limited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org");

  private final ChannelSettings settings;
  private final Destination destination;
  private final Secret token;
  private final Transport transport;

  SlackApi(ChannelSettings settings, Transport transport) {
    this.settings = settings;
    this.destination = settings.destination("address", "https://slack.com/api");
    this.token = settings.credential("token");
    this.transport = transport;
  }

  /** Slack refused, and says why with a word: {@code name_taken}. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String word;

    Refused(String word, String message) {
      super(message);
      this.word = word;
    }

    String word() {
      return word;
    }

    ChannelException never() {
      return ChannelException.never(String.valueOf(getMessage()), this);
    }
  }

  /** Writes, with JSON. */
  JsonNode post(String method, Map<String, Object> arguments)
      throws ChannelException, Refused, InterruptedException {
    return send(Request.json("POST", destination.at(method), arguments), method);
  }

  /** Reads, for which Slack takes no JSON. */
  JsonNode get(String method, Map<String, String> arguments)
      throws ChannelException, Refused, InterruptedException {
    String query =
        arguments.entrySet().stream()
            .map(one -> one.getKey() + "=" + Destination.encoded(one.getValue()))
            .collect(Collectors.joining("&", "?", ""));
    return send(Request.get(URI.create(destination.at(method) + query)), method);
  }

  private JsonNode send(Request request, String method)
      throws ChannelException, Refused, InterruptedException {
    String bearer = settings.reveal(token);
    Answer answer =
        transport.send(
            request.header("Authorization", "Bearer " + bearer, bearer), SlackApi::words);
    JsonNode said = answer.json();
    if (said.path("ok").asBoolean(false)) {
      return said;
    }
    String message = Verdict.message(answer, method + ": " + words(answer));
    String word = Json.text(said, "error");
    if (word.isEmpty() || PASSING.contains(word)) {
      @Nullable Duration wait = Verdict.wait(answer, transport.clock().instant()).orElse(null);
      throw ChannelException.later(message, wait, null);
    }
    throw new Refused(word, message);
  }

  /** {@code missing_scope, needs channels:history}. */
  private static String words(Answer answer) {
    JsonNode said = answer.json();
    String word = Json.text(said, "error");
    if (word.isEmpty()) {
      return answer.text();
    }
    String needed = Json.text(said, "needed");
    return needed.isEmpty() ? word : word + ", needs " + needed;
  }

  @Override
  public void close() {
    transport.close();
  }
}
