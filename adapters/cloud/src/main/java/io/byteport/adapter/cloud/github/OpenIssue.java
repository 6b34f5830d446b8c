package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code github.openIssue}: opens an issue that carries the intent in a comment nobody sees. */
public record OpenIssue(GitHubAccount github)
    implements Action.Change<OpenIssue.Input, OpenIssue.Output> {
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** What {@code github.openIssue} takes. */
  public record Input(
      String repo,
      String title,
      String body,
      @Nullable List<String> labels,
      @Nullable String connection) {}

  /** What {@code github.openIssue} returns. */
  public record Output(@Nullable Long number, @Nullable String location) {}

  @Override
  public String name() {
    return "github.openIssue";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "gh",
                "issue",
                "create",
                "--repo",
                input.repo(),
                "--title",
                Marker.title(input.title()),
                "--body",
                LogText.plain(input.body())));
    for (String label : labels(input)) {
      words.add("--label");
      words.add(label);
    }
    return words;
  }

  private static List<String> labels(Input input) {
    return input.labels() == null ? List.of() : input.labels();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    if (!api.get(repository.at(api), Deadline.of(context)).isTrue("has_issues")) {
      throw ActionException.refused(FailureKind.REFUSED, input.repo() + " has no issues");
    }
    return StructValue.EMPTY.with("since", Value.of(context.clock().instant()));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("title", Marker.title(input.title()));
    body.put("body", Marker.body(input.body(), context.intent()));
    body.put("labels", labels(input));
    Call call = Call.write("POST", repository.at(api, "issues")).json(Json.write(body));
    Json issue = Json.lenient(api.send(call, Deadline.of(context)).text());
    long number = issue.whole(-1, "number");
    return new Changed<>(new Output(number < 0 ? null : number, issue.text("html_url")), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    Instant since =
        memo.get("since") instanceof InstantValue instant ? instant.value() : Instant.EPOCH;
    Address address =
        repository
            .at(api, "issues")
            .with("state", "all")
            .with("since", since.minus(SKEW).toString())
            .with("sort", "created")
            .with("direction", "asc")
            .with("per_page", "100");
    List<Json> issues = api.get(address, Deadline.of(context)).items();
    String marker = Marker.comment(context.intent());
    boolean found =
        issues.stream().anyMatch(issue -> String.valueOf(issue.text("body")).contains(marker));
    if (found) {
      return Probe.TOOK_EFFECT;
    }
    return issues.size() < 100 ? Probe.NOT_DONE : Probe.UNKNOWN;
  }

  @Override
  public boolean repeatable() {
    return false;
  }
}
