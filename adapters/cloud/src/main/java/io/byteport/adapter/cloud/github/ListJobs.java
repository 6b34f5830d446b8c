package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code github.jobs}: the jobs of a run's latest attempt. */
public record ListJobs(GitHubAccount github)
    implements Action.Read<ListJobs.Input, ListJobs.Output> {

  /** What {@code github.jobs} takes. */
  public record Input(String repo, long run, @Nullable String connection) {}

  /** What {@code github.jobs} returns. */
  public record Output(List<Job> items, List<Job> failed) {
    public Output {
      items = List.copyOf(items);
      failed = List.copyOf(failed);
    }
  }

  /**
   * A job of a run.
   *
   * @param failedStep the first step that failed
   */
  public record Job(
      long id,
      String name,
      String status,
      @Nullable String conclusion,
      @Nullable String failedStep,
      String url,
      @Nullable Instant startedAt,
      @Nullable Instant completedAt) {

    static Job of(Json job) throws ActionException {
      String url = job.text("html_url");
      return new Job(
          job.wholeNeeded("id"),
          job.needed("name"),
          job.needed("status"),
          job.text("conclusion"),
          job.at("steps").items().stream()
              .filter(step -> "failure".equals(step.text("conclusion")))
              .map(step -> String.valueOf(step.text("name")))
              .findFirst()
              .orElse(null),
          url == null ? "" : url,
          job.instant("started_at"),
          job.instant("completed_at"));
    }

    boolean hasFailed() {
      return "failure".equals(conclusion) || "timed_out".equals(conclusion);
    }
  }

  @Override
  public String name() {
    return "github.jobs";
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
    return List.of(
        "gh", "run", "view", Long.toString(input.run()), "--repo", input.repo(), "--json", "jobs");
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    List<Job> jobs = jobs(repository, api, input.run(), Deadline.of(context));
    return new Output(jobs, jobs.stream().filter(Job::hasFailed).toList());
  }

  static List<Job> jobs(Repository repository, Api api, long run, Deadline deadline)
      throws ActionException, InterruptedException {
    Address address =
        repository
            .at(api, "actions", "runs", Long.toString(run), "jobs")
            .with("filter", "latest")
            .with("per_page", "100");
    List<Job> jobs = new ArrayList<>();
    for (Json job : api.get(address, deadline).at("jobs").items()) {
      jobs.add(Job.of(job));
    }
    return jobs;
  }
}
