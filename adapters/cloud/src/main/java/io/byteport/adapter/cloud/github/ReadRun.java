package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code github.run}: one run of a workflow. */
public record ReadRun(GitHubAccount github) implements Action.Read<ReadRun.Input, WorkflowRun> {

  /** What {@code github.run} takes. */
  public record Input(String repo, long run, @Nullable String connection) {}

  @Override
  public String name() {
    return "github.run";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<WorkflowRun> outputType() {
    return WorkflowRun.class;
  }

  @Override
  public List<String> command(Input input) {
    return List.of("gh", "run", "view", Long.toString(input.run()), "--repo", input.repo());
  }

  @Override
  public WorkflowRun read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    return WorkflowRun.of(
        api.get(
            repository.at(api, "actions", "runs", Long.toString(input.run())),
            Deadline.of(context)));
  }
}
