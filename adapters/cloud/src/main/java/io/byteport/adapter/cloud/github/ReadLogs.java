package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Limit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code github.logs}: the end of a job's log, or of each of a run's failed jobs; without a failed
 * one, of the whole run's archive.
 */
public record ReadLogs(GitHubAccount github)
    implements Action.Read<ReadLogs.Input, ReadLogs.Output> {
  private static final int MOST = 262_144;
  private static final int MOST_JOBS = 10;
  private static final int ARCHIVE = 32 << 20;

  /** What {@code github.logs} takes. */
  public record Input(
      String repo, long run, @Nullable Long job, int tailChars, @Nullable String connection) {
    public Input {
      if (tailChars < 1 || tailChars > MOST) {
        throw new IllegalArgumentException("`tailChars` must be from 1 to " + MOST);
      }
    }
  }

  /** What {@code github.logs} returns. */
  public record Output(String text) {}

  @Override
  public String name() {
    return "github.logs";
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
    return input.job() == null
        ? List.of(
            "gh", "run", "view", Long.toString(input.run()), "--repo", input.repo(), "--log-failed")
        : List.of(
            "gh", "run", "view", "--repo", input.repo(), "--job", input.job().toString(), "--log");
  }

  @Override
  public @Nullable Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Repository repository = Repository.of(input.repo());
    Api api = github.api(repository, input.connection());
    try {
      return new Output(LogText.end(text(repository, api, input, deadline), input.tailChars()));
    } catch (ActionException failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return null;
      }
      throw failure;
    }
  }

  private static String text(Repository repository, Api api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    if (input.job() != null) {
      return ofJob(repository, api, input.job(), input.tailChars(), deadline);
    }
    List<ListJobs.Job> failed =
        ListJobs.jobs(repository, api, input.run(), deadline).stream()
            .filter(ListJobs.Job::hasFailed)
            .limit(MOST_JOBS)
            .toList();
    if (failed.isEmpty()) {
      Call call =
          Call.get(repository.at(api, "actions", "runs", Long.toString(input.run()), "logs"))
              .followedElsewhere()
              .limitedTo(new Limit(ARCHIVE, false));
      return LogText.unzipped(api.send(call, deadline).bytes(), MOST);
    }
    StringBuilder all = new StringBuilder();
    for (ListJobs.Job job : failed) {
      all.append("== ").append(job.name()).append(" ==\n");
      all.append(ofJob(repository, api, job.id(), input.tailChars() / failed.size(), deadline));
      all.append('\n');
    }
    return all.toString();
  }

  private static String ofJob(
      Repository repository, Api api, long job, int chars, Deadline deadline)
      throws ActionException, InterruptedException {
    Call call =
        Call.get(repository.at(api, "actions", "jobs", Long.toString(job), "logs"))
            .followedElsewhere()
            .limitedTo(Limit.end(Math.max(4_096, chars * 4)));
    return LogText.end(LogText.plain(api.send(call, deadline).text()), Math.max(1, chars));
  }
}
