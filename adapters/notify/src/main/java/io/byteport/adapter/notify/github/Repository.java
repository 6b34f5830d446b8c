package io.byteport.adapter.notify.github;

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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The issues of one repository.
 *
 * @see <a href="https://docs.github.com/en/rest/issues">GitHub's API for issues</a>
 */
final class Repository {
  private static final String VERSION = "2022-11-28";
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 5;
  private static final Duration SKEW = Duration.ofHours(1);

  private final ChannelSettings settings;
  private final Destination destination;
  private final String owner;
  private final String name;
  private final Secret token;
  private final Transport transport;

  /**
   * @param notice of which it was opened
   */
  record Issue(long number, String notice) {}

  /**
   * @param path such as {@code example/incidents}
   * @throws IllegalArgumentException if it is none
   */
  Repository(
      ChannelSettings settings,
      Destination destination,
      String path,
      Secret token,
      Transport transport) {
    int slash = path.indexOf('/');
    if (!path.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+") || path.contains("..")) {
      throw new IllegalArgumentException(
          "expected a repository such as `example/incidents`, found `" + path + "`");
    }
    this.settings = settings;
    this.destination = destination;
    this.owner = path.substring(0, slash);
    this.name = path.substring(slash + 1);
    this.token = token;
    this.transport = transport;
  }

  /**
   * The open issue of an incident: among those with our label, else, where labels could not be set,
   * among the newest.
   */
  Optional<Issue> find(String incident) throws ChannelException, InterruptedException {
    String query = "?state=open&sort=created&direction=desc&per_page=" + PAGE;
    Optional<Issue> found = find(query + "&labels=" + GitHubIssues.LABEL, MOST_PAGES, incident);
    return found.isPresent() ? found : find(query, 1, incident);
  }

  private Optional<Issue> find(String query, int pages, String incident)
      throws ChannelException, InterruptedException {
    for (int page = 1; page <= pages; page++) {
      JsonNode issues = get(URI.create(at("issues") + query + "&page=" + page));
      for (JsonNode issue : issues) {
        IssueText.Mark mark = IssueText.Mark.in(Json.text(issue, "body"));
        if (mark.incident().equals(incident) && !issue.has("pull_request")) {
          return Optional.of(new Issue(issue.path("number").asLong(0), mark.notice()));
        }
      }
      if (issues.size() < PAGE) {
        break;
      }
    }
    return Optional.empty();
  }

  /** Whether a notice was commented already. */
  boolean hasComment(Issue issue, String notice, Instant since)
      throws ChannelException, InterruptedException {
    String query =
        "?per_page=" + PAGE + "&since=" + since.minus(SKEW).truncatedTo(ChronoUnit.SECONDS);
    JsonNode comments =
        get(URI.create(at("issues", Long.toString(issue.number()), "comments") + query));
    for (JsonNode comment : comments) {
      if (IssueText.Mark.in(Json.text(comment, "body")).notice().equals(notice)) {
        return true;
      }
    }
    return false;
  }

  void open(String title, String body, List<String> labels)
      throws ChannelException, InterruptedException {
    Map<String, Object> issue = new LinkedHashMap<>();
    issue.put("title", title);
    issue.put("body", body);
    issue.put("labels", labels);
    send(Request.json("POST", at("issues"), issue));
  }

  void comment(Issue issue, String body) throws ChannelException, InterruptedException {
    URI uri = at("issues", Long.toString(issue.number()), "comments");
    send(Request.json("POST", uri, Map.of("body", body)));
  }

  void close(Issue issue) throws ChannelException, InterruptedException {
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("state", "closed");
    change.put("state_reason", "completed");
    send(Request.json("PATCH", at("issues", Long.toString(issue.number())), change));
  }

  private URI at(String... segments) {
    List<String> path = new ArrayList<>(List.of("repos", owner, name));
    path.addAll(List.of(segments));
    return destination.at(path.toArray(String[]::new));
  }

  private JsonNode get(URI uri) throws ChannelException, InterruptedException {
    return send(Request.get(uri)).json();
  }

  private Answer send(Request request) throws ChannelException, InterruptedException {
    String bearer = settings.reveal(token);
    Answer answer =
        transport.exchange(
            request
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", VERSION)
                .header("Authorization", "Bearer " + bearer, bearer));
    if (answer.isSuccess()) {
      return answer;
    }
    String words = words(answer);
    if (answer.status() == 403 && words.toLowerCase(Locale.ROOT).contains("rate limit")) {
      Duration wait = Verdict.wait(answer, transport.clock().instant()).orElse(null);
      throw ChannelException.later(Verdict.message(answer, words + " [403]"), wait, null);
    }
    throw Verdict.of(answer, words, transport.clock().instant());
  }

  /** {@code Validation Failed: Issue title missing_field}. */
  private static String words(Answer answer) {
    JsonNode said = answer.json();
    List<String> words = new ArrayList<>();
    for (JsonNode error : said.path("errors")) {
      String message = Json.text(error, "message");
      String code =
          Json.text(error, "resource")
              + " "
              + Json.text(error, "field")
              + " "
              + Json.text(error, "code");
      words.add(message.isEmpty() ? code : message);
    }
    String message = Json.text(said, "message");
    if (message.isEmpty()) {
      return answer.text();
    }
    return words.isEmpty() ? message : message + ": " + String.join("; ", words);
  }
}
