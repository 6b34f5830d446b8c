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
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code github.dispatchWorkflow}: starts a workflow by its event workflow_dispatch. */
public record DispatchWorkflow(GitHubAccount github)
    implements Action.Change<DispatchWorkflow.Input, DispatchWorkflow.Output> {
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** How long it may take until a run that was asked for is listed. */
  private static final Duration LISTED = Duration.ofMinutes(2);

  /** What {@code github.dispatchWorkflow} takes. */
  public record Input(
      String repo,
      String workflow,
      String ref,
      @Nullable Map<String, String> inputs,
      @Nullable String connection) {
    public Input {
      inputs = inputs == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    private Map<String, String> given() {
      return inputs == null ? Map.of() : inputs;
    }
  }

  /** What {@code github.dispatchWorkflow} returns: the run, where GitHub says which it is. */
  public record Output(@Nullable Long run, @Nullable String url) {}

  @Override
  public String name() {
    return "github.dispatchWorkflow";
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
                "workflow",
                "run",
                input.workflow(),
                "--repo",
                input.repo(),
                "--ref",
                input.ref()));
    input
        .given()
        .forEach(
            (name, value) -> {
              words.add("--raw-field");
              words.add(name + "=" + value);
            });
    return words;
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    String state = api.get(workflow(repository, api, input), Deadline.of(context)).text("state");
    if (!"active".equals(state)) {
      throw ActionException.refused(
          FailureKind.REFUSED, "the workflow " + input.workflow() + " is " + state);
    }
    return StructValue.EMPTY.with("since", Value.of(context.clock().instant()));
  }

  private static Address workflow(Repository repository, Api api, Input input)
      throws ActionException {
    return repository.at(api, "actions", "workflows", ListRuns.WORKFLOW.check(input.workflow()));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    Call call =
        Call.write("POST", workflow(repository, api, input).at("dispatches"))
            .json(Json.write(Map.of("ref", input.ref(), "inputs", input.given())));
    Json answer = Json.lenient(api.send(call, Deadline.of(context)).text());
    long run = answer.whole(-1, "workflow_run_id");
    return new Changed<>(new Output(run < 0 ? null : run, answer.text("html_url")), true);
  }

  /** The first run that was dispatched for that branch after the intent. */
  private Optional<WorkflowRun> ours(Input input, StructValue memo, Deadline deadline)
      throws ActionException, InterruptedException {
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    Address address =
        ListRuns.of(repository, api, input.workflow())
            .with("event", "workflow_dispatch")
            .with("branch", input.ref().replaceFirst("^refs/heads/", ""))
            .with("per_page", "50");
    List<WorkflowRun> runs = new ArrayList<>();
    for (Json run : api.get(address, deadline).at("workflow_runs").items()) {
      runs.add(WorkflowRun.of(run));
    }
    return runs.stream()
        .filter(run -> !run.createdAt().isBefore(since(memo).minus(SKEW)))
        .min(Comparator.comparing(WorkflowRun::createdAt));
  }

  private static Instant since(StructValue memo) {
    return memo.get("since") instanceof InstantValue since ? since.value() : Instant.MAX;
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    if (ours(input, memo, deadline).isPresent()) {
      return Probe.TOOK_EFFECT;
    }
    return deadline.now().isAfter(since(memo).plus(LISTED)) ? Probe.NOT_DONE : Probe.UNKNOWN;
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Optional<WorkflowRun> run = ours(input, memo, Deadline.of(context));
    String conclusion = run.map(WorkflowRun::conclusion).orElse(null);
    if (conclusion != null && !conclusion.equals("success")) {
      throw ActionException.refused(
          FailureKind.REFUSED,
          "the run " + run.map(WorkflowRun::url).orElse("") + " ended as " + conclusion);
    }
    return conclusion != null;
  }

  @Override
  public Duration settlesWithin(Input input) {
    return Duration.ofMinutes(30);
  }

  @Override
  public boolean repeatable() {
    return false;
  }
}
