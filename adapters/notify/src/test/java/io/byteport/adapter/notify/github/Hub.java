package io.byteport.adapter.notify.github;

import io.byteport.adapter.notify.Receiver;
import io.byteport.adapter.notify.Receiver.Asked;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.adapter.notify.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The issues of one repository, as GitHub's API shows and changes them. */
final class Hub implements AutoCloseable {
  private static final Pattern ISSUE =
      Pattern.compile("/repos/example/incidents/issues(?:/(\\d+)(/comments)?)?(?:\\?(.*))?");

  private final Receiver receiver = new Receiver().answers(this::answer);
  private final List<Issue> issues = new ArrayList<>();
  private boolean labelling = true;

  /** One issue, as it is now. */
  static final class Issue {
    final int number;
    final String title;
    final String body;
    final List<String> labels;
    final List<String> comments = new ArrayList<>();
    boolean open = true;
    boolean pullRequest;

    Issue(int number, String title, String body, List<String> labels) {
      this.number = number;
      this.title = title;
      this.body = body;
      this.labels = labels;
    }

    private Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("number", number);
      json.put("title", title);
      json.put("body", body);
      if (pullRequest) {
        json.put("pull_request", Map.of());
      }
      return json;
    }
  }

  Receiver receiver() {
    return receiver;
  }

  synchronized List<Issue> issues() {
    return List.copyOf(issues);
  }

  /** Drops labels without a word, as GitHub does for those who may not push. */
  Hub withoutLabels() {
    labelling = false;
    return this;
  }

  synchronized Issue add(String title, String body) {
    Issue issue = new Issue(issues.size() + 1, title, body, List.of());
    issues.add(issue);
    return issue;
  }

  private synchronized Reply answer(Asked asked) {
    Matcher path = ISSUE.matcher(asked.target());
    if (!path.matches()) {
      return Reply.of(404, "{\"message\":\"Not Found\"}");
    }
    JsonNode body = Json.read(asked.body());
    if (path.group(1) == null) {
      return asked.method().equals("POST") ? open(body) : list(String.valueOf(path.group(3)));
    }
    Issue issue = issues.get(Integer.parseInt(path.group(1)) - 1);
    if (asked.method().equals("PATCH")) {
      issue.open = body.path("state").asString().equals("open");
      return Reply.of(200, Json.write(issue.json()));
    }
    if (asked.method().equals("POST")) {
      issue.comments.add(body.path("body").asString());
      return Reply.of(201, "{}");
    }
    return Reply.of(
        200, Json.write(issue.comments.stream().map(comment -> Map.of("body", comment)).toList()));
  }

  private Reply open(JsonNode body) {
    List<String> labels = new ArrayList<>();
    if (labelling) {
      body.path("labels").forEach(label -> labels.add(label.asString()));
    }
    Issue issue =
        new Issue(
            issues.size() + 1, body.path("title").asString(), body.path("body").asString(), labels);
    issues.add(issue);
    return Reply.of(201, Json.write(issue.json()));
  }

  private Reply list(String query) {
    List<Map<String, Object>> shown = new ArrayList<>();
    int page = Integer.parseInt(query.replaceAll(".*&page=(\\d+).*", "$1"));
    for (Issue issue : issues.reversed()) {
      if (issue.open && (!query.contains("labels=byteport") || issue.labels.contains("byteport"))) {
        shown.add(issue.json());
      }
    }
    int from = Math.min(shown.size(), (page - 1) * 100);
    return Reply.of(200, Json.write(shown.subList(from, Math.min(shown.size(), from + 100))));
  }

  @Override
  public void close() {
    receiver.close();
  }
}
