package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code github.runs}: the newest runs of a workflow, or of all of a repository. */
public record ListRuns(GitHubAccount github)
    implements Action.Read<ListRuns.Input, ListRuns.Output> {
  /** The file of a workflow, or its number. */
  static final Shape WORKFLOW =
      Shape.of(
          "a workflow", "[0-9]{1,20}|[A-Za-z0-9_][A-Za-z0-9_. -]{0,200}\\.ya?ml", "deploy.yml");

  private static final int MOST = 100;

  /** What {@code github.runs} takes. */
  public record Input(
      String repo,
      @Nullable String workflow,
      @Nullable String branch,
      @Nullable RunStatus status,
      int limit,
      @Nullable String connection) {
    public Input {
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException("`limit` must be from 1 to " + MOST);
      }
    }
  }

  /** What {@code github.runs} returns. */
  public record Output(List<WorkflowRun> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "github.runs";
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
    List<String> words = new ArrayList<>(List.of("gh", "run", "list", "--repo", input.repo()));
    option(words, "--workflow", input.workflow());
    option(words, "--branch", input.branch());
    option(words, "--status", input.status() == null ? null : input.status().word());
    option(words, "--limit", Integer.toString(input.limit()));
    return words;
  }

  private static void option(List<String> words, String name, @Nullable String value) {
    if (value != null) {
      words.add(name);
      words.add(value);
    }
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    Address address =
        of(repository, api, input.workflow())
            .with("branch", input.branch())
            .with("status", input.status() == null ? null : input.status().word())
            .with("per_page", Integer.toString(input.limit()));
    List<WorkflowRun> runs = new ArrayList<>();
    for (Json run : api.get(address, Deadline.of(context)).at("workflow_runs").items()) {
      runs.add(WorkflowRun.of(run));
    }
    return new Output(runs);
  }

  static Address of(Repository repository, Api api, @Nullable String workflow)
      throws ActionException {
    return workflow == null
        ? repository.at(api, "actions", "runs")
        : repository.at(api, "actions", "workflows", WORKFLOW.check(workflow), "runs");
  }
}
