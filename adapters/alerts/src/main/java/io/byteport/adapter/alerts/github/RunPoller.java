package io.byteport.adapter.alerts.github;

import io.byteport.adapter.alerts.web.Accounts;
import io.byteport.adapter.cloud.github.ListRuns;
import io.byteport.adapter.cloud.github.RunStatus;
import io.byteport.adapter.cloud.github.WorkflowRun;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks each repository for its newest hundred runs that failed, and its newest hundred that timed
 * out, and takes those that ended since the cursor, or, the first time, within the last hour. Looks
 * back two minutes further, since runs may show up late.
 */
record RunPoller(
    ListRuns runs,
    List<String> repositories,
    String connection,
    DeployRuns deploys,
    Accounts accounts,
    InstantSource clock)
    implements Poller {
  private static final int MOST = 100;
  private static final Duration FIRST = Duration.ofHours(1);
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  RunPoller {
    repositories = List.copyOf(repositories);
  }

  @Override
  public Polled poll(@Nullable String cursor) throws SourceException, InterruptedException {
    Instant now = clock.instant();
    Instant newest = since(cursor, now);
    Instant from = newest.minus(OVERLAP);
    List<Alert> alerts = new ArrayList<>();
    for (String repository : repositories) {
      for (RunStatus status : List.of(RunStatus.FAILURE, RunStatus.TIMED_OUT)) {
        ListRuns.Input input = new ListRuns.Input(repository, null, null, status, MOST, connection);
        for (WorkflowRun run : accounts.ask(context -> runs.read(input, context)).items()) {
          if (run.updatedAt().isAfter(from)) {
            deploys.listed(repository, run, now).ifPresent(alerts::add);
            newest = run.updatedAt().isAfter(newest) ? run.updatedAt() : newest;
          }
        }
      }
    }
    return Polled.since(alerts, (newest.isAfter(now) ? now : newest).toString());
  }

  private static Instant since(@Nullable String cursor, Instant now) {
    if (cursor != null) {
      try {
        return Instant.parse(cursor);
      } catch (DateTimeParseException another) {
        return now.minus(FIRST);
      }
    }
    return now.minus(FIRST);
  }
}
