package io.byteport.adapter.alerts.github;

import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.cloud.github.WorkflowRun;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of workflows are deploys that failed: those of a listed workflow, by its name or its
 * file, or, where none is listed, of one whose name has {@code deploy}, {@code release} or {@code
 * production} in it, that ended with {@code failure} or {@code timed_out}. They are high. A run is
 * known by its id and attempt, so a second attempt is another alert, and none of them resolves.
 * Pure; never throws for what the JSON may be.
 *
 * @param workflows names or files; empty for those that sound like deploys
 */
record DeployRuns(List<String> workflows) {
  private static final Set<String> FAILED = Set.of("failure", "timed_out");
  private static final List<String> SOUNDS = List.of("deploy", "release", "production");

  DeployRuns {
    workflows = List.copyOf(workflows);
  }

  /** What a run that was listed says; nothing where it is no deploy, or did not fail. */
  Optional<Alert> listed(String repository, WorkflowRun run, Instant now) {
    return read(
        new Run(
            repository,
            Long.toString(run.id()),
            Long.toString(run.attempt()),
            run.workflow(),
            run.file(),
            run.conclusion(),
            run.branch(),
            run.sha(),
            run.actor(),
            run.event(),
            run.url(),
            run.updatedAt().isAfter(now) ? now : run.updatedAt()));
  }

  /** What a body of the event workflow_run says; nothing where it is none that ended in failure. */
  Optional<Alert> posted(Json body, Instant now) {
    Json run = body.at("workflow_run");
    String id = run.text("id");
    String repository = body.text("repository", "full_name");
    if (!"completed".equals(body.text("action")) || id == null || repository == null) {
      return Optional.empty();
    }
    String name = run.text("name");
    String file = run.text("path");
    return read(
        new Run(
            repository,
            id,
            Long.toString(run.whole(1, "run_attempt")),
            name == null ? "" : name,
            file == null ? "" : file,
            run.text("conclusion"),
            run.text("head_branch"),
            run.text("head_sha"),
            run.text("actor", "login"),
            run.text("event"),
            run.text("html_url"),
            Moments.of(run.text("updated_at"), now)));
  }

  private record Run(
      String repository,
      String id,
      String attempt,
      String workflow,
      String file,
      @Nullable String conclusion,
      @Nullable String branch,
      @Nullable String sha,
      @Nullable String actor,
      @Nullable String event,
      @Nullable String url,
      Instant at) {}

  private Optional<Alert> read(Run run) {
    String conclusion = run.conclusion();
    if (conclusion == null || !FAILED.contains(conclusion) || !isDeploy(run)) {
      return Optional.empty();
    }
    return Optional.of(
        new Alert(
            "deploy_failure",
            Line.of(run.workflow() + " of " + run.repository() + ": " + conclusion),
            Severity.HIGH,
            Status.FIRING,
            new Labels()
                .put("repo", run.repository())
                .put("run_id", run.id())
                .put("attempt", run.attempt())
                .put("workflow", run.workflow())
                .put("workflow_file", run.file())
                .put("conclusion", conclusion)
                .put("branch", run.branch())
                .put("sha", run.sha())
                .put("author", run.actor())
                .put("event", run.event())
                .map(),
            run.at(),
            null,
            run.repository() + "/" + run.id() + "/" + run.attempt(),
            run.url()));
  }

  private boolean isDeploy(Run run) {
    if (workflows.isEmpty()) {
      String name = run.workflow().toLowerCase(Locale.ROOT);
      return SOUNDS.stream().anyMatch(name::contains);
    }
    String file = run.file().substring(run.file().lastIndexOf('/') + 1);
    return workflows.stream()
        .anyMatch(listed -> listed.equalsIgnoreCase(run.workflow()) || listed.equals(file));
  }
}
