package io.byteport.sim.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Workflows of repositories and their runs. Guarded by whoever calls it. */
final class GitHubApi {
  private static final Duration USUAL = Duration.ofMinutes(4);

  private final String site;
  private final InstantSource clock;
  private final List<Kept> repositories = new ArrayList<>();
  private long made = 9000;

  /** A run, and the end that it will come to. */
  private record Going(CloudScenario.Run run, String event, Instant createdAt, Instant overAt) {
    boolean isOver(Instant now) {
      return !overAt.isAfter(now);
    }

    String conclusion() {
      return run.failedStep().isEmpty() ? "success" : "failure";
    }
  }

  private record Kept(CloudScenario.Repository repository, List<Going> runs) {
    Optional<CloudScenario.Workflow> workflow(String fileOrId) {
      return repository.workflows().stream()
          .filter(one -> one.file().equals(fileOrId) || Long.toString(one.id()).equals(fileOrId))
          .findFirst();
    }
  }

  /**
   * @param site what the links of runs begin with
   */
  GitHubApi(
      List<CloudScenario.Repository> repositories,
      Instant start,
      InstantSource clock,
      String site) {
    this.site = site;
    this.clock = clock;
    for (CloudScenario.Repository repository : repositories) {
      Kept kept = new Kept(repository, new ArrayList<>());
      repository
          .runs()
          .forEach(
              run -> {
                Instant created = start.minus(run.ago());
                kept.runs().add(new Going(run, "push", created, created.plus(USUAL)));
              });
      this.repositories.add(kept);
    }
  }

  Reply answer(Asked asked) {
    if (asked.path().size() < 4 || !asked.path().get(0).equals("repos")) {
      return Reply.missing();
    }
    String name = asked.path().get(1) + "/" + asked.path().get(2);
    return repositories.stream()
        .filter(kept -> kept.repository().name().equals(name))
        .findFirst()
        .map(kept -> answer(kept, asked.below(3)))
        .orElseGet(Reply::missing);
  }

  private Reply answer(Kept kept, Asked asked) {
    List<String> path = asked.path();
    if (asked.is("GET", "actions", "runs")) {
      return list(kept, kept.runs(), asked);
    }
    if (asked.is("GET", "actions", "runs", "*")) {
      return run(kept, path.get(2))
          .map(run -> Reply.json(shown(kept, run)))
          .orElseGet(Reply::missing);
    }
    if (asked.is("GET", "actions", "runs", "*", "jobs")) {
      return run(kept, path.get(2))
          .map(run -> Reply.json(Map.of("total_count", 1, "jobs", List.of(job(run)))))
          .orElseGet(Reply::missing);
    }
    if (asked.is("GET", "actions", "jobs", "*", "logs")) {
      return run(kept, path.get(2))
          .map(run -> Reply.text(200, run.run().log()))
          .orElseGet(Reply::missing);
    }
    if (path.size() > 2 && path.get(1).equals("workflows")) {
      return kept.workflow(path.get(2))
          .map(workflow -> workflow(kept, workflow, asked))
          .orElseGet(Reply::missing);
    }
    return Reply.missing();
  }

  private Reply workflow(Kept kept, CloudScenario.Workflow workflow, Asked asked) {
    if (asked.is("GET", "actions", "workflows", "*")) {
      return Reply.json(
          Map.of(
              "id", workflow.id(),
              "name", workflow.name(),
              "path", path(workflow),
              "state", "active"));
    }
    if (asked.is("GET", "actions", "workflows", "*", "runs")) {
      List<Going> of =
          kept.runs().stream().filter(one -> one.run().file().equals(workflow.file())).toList();
      return list(kept, of, asked);
    }
    if (asked.is("POST", "actions", "workflows", "*", "dispatches")) {
      return dispatch(kept, workflow, asked);
    }
    return Reply.missing();
  }

  private Reply dispatch(Kept kept, CloudScenario.Workflow workflow, Asked asked) {
    String ref = asked.body().path("ref").asString("");
    if (ref.isEmpty()) {
      return Reply.refused(422, "Invalid request. \"ref\" wasn't supplied.");
    }
    Instant now = clock.instant();
    CloudScenario.Run run =
        new CloudScenario.Run(
            ++made,
            kept.runs().size() + 1L,
            workflow.file(),
            ref,
            kept.runs().getLast().run().sha(),
            "byteport",
            Duration.ZERO,
            "",
            "inputs: " + asked.body().path("inputs"));
    kept.runs().add(new Going(run, "workflow_dispatch", now, now.plus(workflow.taking())));
    return Reply.NOTHING;
  }

  private static Optional<Going> run(Kept kept, String id) {
    return kept.runs().stream().filter(one -> Long.toString(one.run().id()).equals(id)).findFirst();
  }

  private Reply list(Kept kept, List<Going> runs, Asked asked) {
    List<Map<String, Object>> shown =
        runs.reversed().stream()
            .filter(run -> isAsked(asked, "branch", run.run().branch()))
            .filter(run -> isAsked(asked, "event", run.event()))
            .filter(run -> hasStatus(run, asked.query().get("status")))
            .limit(asked.limit("per_page"))
            .map(run -> shown(kept, run))
            .toList();
    return Reply.json(Map.of("total_count", shown.size(), "workflow_runs", shown));
  }

  private static boolean isAsked(Asked asked, String parameter, String value) {
    return value.equals(asked.query().getOrDefault(parameter, value));
  }

  /** GitHub takes status and conclusion under the same name. */
  private boolean hasStatus(Going run, @Nullable String status) {
    if (status == null) {
      return true;
    }
    boolean over = run.isOver(clock.instant());
    return status.equals(over ? "completed" : "in_progress")
        || (over && status.equals(run.conclusion()));
  }

  private static String path(CloudScenario.Workflow workflow) {
    return ".github/workflows/" + workflow.file();
  }

  private Map<String, Object> shown(Kept kept, Going going) {
    CloudScenario.Run run = going.run();
    CloudScenario.Workflow workflow = kept.workflow(run.file()).orElseThrow();
    boolean over = going.isOver(clock.instant());
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", run.id());
    shown.put("run_number", run.number());
    shown.put("run_attempt", 1);
    shown.put("name", workflow.name());
    shown.put("workflow_id", workflow.id());
    shown.put("path", path(workflow));
    shown.put("head_branch", run.branch());
    shown.put("head_sha", run.sha());
    shown.put("actor", Map.of("login", run.actor()));
    shown.put("event", going.event());
    shown.put("status", over ? "completed" : "in_progress");
    shown.put("conclusion", over ? going.conclusion() : null);
    shown.put("html_url", site + "/" + kept.repository().name() + "/actions/runs/" + run.id());
    shown.put("created_at", going.createdAt().toString());
    shown.put("updated_at", (over ? going.overAt() : going.createdAt()).toString());
    return shown;
  }

  private static Map<String, Object> job(Going going) {
    CloudScenario.Run run = going.run();
    String failed = run.failedStep();
    return Map.of(
        "id", run.id(),
        "name", "deploy",
        "status", "completed",
        "conclusion", going.conclusion(),
        "steps",
            List.of(
                Map.of(
                    "name", failed.isEmpty() ? "Run" : failed, "conclusion", going.conclusion())));
  }
}
