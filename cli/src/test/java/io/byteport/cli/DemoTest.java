package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.byteport.cli.world.ClusterWorld;
import io.byteport.cli.world.World;
import io.byteport.dsl.model.Runbook;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each story of {@code byteport demo}: real engine, real HTTP, simulated cluster. */
class DemoTest {
  @TempDir private Path state;

  @Test
  @Tag("slow")
  void a_container_killed_for_memory_gets_half_as_much_again_and_the_second_time_a_human_is_called()
      throws Exception {
    Played oom = Played.story("oom", state);
    assertThat(oom.refused()).isEmpty();
    assertThat(oom.reports()).hasSize(2);
    assertThat(oom.changes()).isEqualTo(1);
    assertThat(oom.container().at("/resources/limits/memory").asString()).isEqualTo("384Mi");

    RunReport first = oom.reports().get(0);
    assertClass(first, "oom_at_startup", 0.93);
    assertThat(first.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(first.did()).containsExactly("memory limit 256Mi → 384Mi");
    assertThat(first.notices()).extracting(RunReport.Notification::event).containsOnly("resolved");

    RunReport second = oom.reports().get(1);
    assertClass(second, "oom_at_startup", 0.93);
    assertThat(second.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(second.reason())
        .isEqualTo("The memory limit of api was already raised within a day");
    assertThat(second.stoppedBy()).isEqualTo("one_memory_bump_per_day");
    assertThat(second.did()).isEmpty();
    assertThat(second.left()).containsExactly("raise_memory");
    assertThat(intents(oom.journals().get(1))).isEmpty();
    assertToldAgain(oom);
  }

  @Test
  @Tag("slow")
  void a_human_who_is_called_gets_fields_log_decision_tree_and_commands() throws Exception {
    Played oom = Played.story("oom", state);
    RunReport report = oom.reports().get(1);
    String pod = oom.pods().at("/0/metadata/name").asString();
    assertThat(report.notices())
        .allSatisfy(
            notice -> {
              assertThat(notice.event()).isEqualTo("escalated");
              assertThat(notice.fields())
                  .containsEntry("pod", "production/" + pod)
                  .containsEntry("class", "oom_at_startup")
                  .containsEntry("confidence", "0.93")
                  .containsEntry("exitCode", "137")
                  .containsEntry("nodeMemoryPressure", "false")
                  .containsKeys("node", "signal", "restarts", "livenessProbe", "readinessProbe");
              assertThat(notice.attachments())
                  .containsKeys("postmortem", "decision tree", "plan", "logs.text");
              assertThat(notice.attachments().get("logs.text")).contains("heap at 98 %");
              assertThat(notice.attachments().get("decision tree"))
                  .contains("oom_at_startup", "killedForMemory → true");
              assertThat(notice.attachments().get("plan")).contains("raise_memory");
              assertThat(notice.nextSteps()).first().asString().contains("384Mi");
              assertThat(notice.commands())
                  .contains(
                      "kubectl describe pod " + pod + " -n production",
                      "kubectl logs " + pod + " -n production --previous --tail=100")
                  .anyMatch(
                      command ->
                          command.startsWith("kubectl patch deployment api -n production")
                              && command.contains("512Mi"));
            });
    assertThat(report.notices().stream().flatMap(each -> each.channels().keySet().stream()))
        .containsExactlyInAnyOrder("mail", "chat", "issue");
    assertThat(report.postmortem()).containsKeys("signal", "class", "escalated");
  }

  @Test
  void an_image_that_cannot_be_pulled_is_rolled_back() throws Exception {
    Played told = Played.story("image-pull", state);
    RunReport report = only(told);
    assertClass(report, "image_pull_failure", 0.94);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did())
        .containsExactly("rollout undo to revision 2 (registry.example.com/api:1.4.0)");
    assertThat(told.changes()).isEqualTo(1);
    assertThat(told.container().path("image").asString())
        .isEqualTo("registry.example.com/api:1.4.0");
    assertToldAgain(told);
  }

  @Test
  void a_missing_secret_is_named_and_never_created() throws Exception {
    Played told = Played.story("missing-config", state);
    RunReport report = only(told);
    assertClass(report, "config_error_missing_env", 0.91);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason())
        .isEqualTo("Missing configuration (secret/api-token), which is never created here");
    assertThat(told.changes()).isZero();
    assertThat(report.notices().get(0).nextSteps())
        .containsExactly("Create the missing ConfigMap or Secret; the pod recovers by itself");
    assertToldAgain(told);
  }

  @Test
  void a_liveness_probe_that_fires_too_early_gets_more_time() throws Exception {
    Played told = Played.story("liveness", state);
    RunReport report = only(told);
    assertClass(report, "liveness_probe_misconfigured", 0.86);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("liveness probe initialDelay 10s → 30s");
    assertThat(told.changes()).isEqualTo(1);
    JsonNode probe = told.container().path("livenessProbe");
    assertThat(probe.path("initialDelaySeconds").asInt()).isEqualTo(30);
    assertThat(probe.path("failureThreshold").asInt()).isEqualTo(5);
    assertThat(probe.at("/httpGet/path").asString()).isEqualTo("/healthz");
    assertToldAgain(told);
  }

  @Test
  void a_dependency_that_is_away_is_waited_for_with_a_note_on_the_pod() throws Exception {
    Played told = Played.story("dependency", state);
    RunReport report = only(told);
    assertClass(report, "dependency_not_ready", 0.88);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("hold annotated", "waited for postgres:5432");
    assertThat(told.changes()).isEqualTo(1);
    JsonNode annotations = told.pods().at("/0/metadata/annotations");
    assertThat(annotations.path("byteport.io/dependency-hold-since").asString())
        .startsWith("2026-01-05T10:0");
    assertThat(told.container().at("/resources/limits/memory").asString()).isEqualTo("256Mi");
    assertToldAgain(told);
  }

  @Test
  void a_pod_whose_owners_have_opted_out_is_left_alone() throws Exception {
    Played told = Played.story("skip", state);
    RunReport report = only(told);
    assertThat(report.result()).isEqualTo(RunResult.SKIPPED);
    assertThat(report.classId()).isNull();
    assertThat(report.stoppedBy()).isEqualTo("opted_out");
    assertThat(report.reason())
        .isEqualTo("The pod is annotated byteport.io/skip-crashloop-remediation=true");
    assertThat(report.notices()).isEmpty();
    assertThat(told.changes()).isZero();
    assertToldAgain(told);
  }

  @Test
  void a_refused_pull_secret_is_named_with_the_command_that_renews_it_and_nothing_is_changed()
      throws Exception {
    Played told = Played.story("pull-refused", state);
    RunReport report = only(told);
    assertClass(report, "auth", 0.95);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason())
        .isEqualTo(
            "registry.example.com refuses the pull (401 Unauthorized), secret `reg-creds` perhaps"
                + " expired");
    assertThat(told.changes()).isZero();
    assertThat(report.notices().get(0).commands())
        .anyMatch(one -> one.startsWith("kubectl create secret docker-registry reg-creds"));
    assertToldAgain(told);
  }

  @Test
  void where_nobody_has_allowed_it_no_command_touches_the_secret() throws Exception {
    Played told = Played.story("pull-unasked", state);
    RunReport report = only(told);
    assertClass(report, "auth", 0.95);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(told.changes()).isZero();
    assertThat(report.notices().get(0).commands()).noneMatch(one -> one.contains("create secret"));
  }

  @Test
  void an_error_that_new_pods_do_not_have_is_mended_by_a_restart() throws Exception {
    Played told = Played.story("stale-session", state);
    RunReport report = only(told);
    assertClass(report, "app_error", 0.95);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).contains("Deployment api restarted");
    assertThat(told.changes()).isEqualTo(1);
    assertToldAgain(told);
  }

  @Test
  void where_nobody_has_allowed_it_nothing_is_restarted() throws Exception {
    Played told = Played.story("restart-unasked", state);
    RunReport report = only(told);
    assertClass(report, "app_error", 0.95);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("namespace_opted_in");
    assertThat(told.changes()).isZero();
  }

  @Test
  void a_container_that_leaks_gets_a_larger_limit_to_buy_time() throws Exception {
    Played told = Played.story("memory-leak", state);
    RunReport report = only(told);
    assertClass(report, "memory_leak", 0.85);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("limit 256Mi → 384Mi");
    assertThat(told.changes()).isEqualTo(1);
    assertThat(told.container().at("/resources/limits/memory").asString()).isEqualTo("384Mi");
    assertToldAgain(told);
  }

  @Test
  void where_nobody_has_allowed_it_no_limit_is_raised() throws Exception {
    Played told = Played.story("leak-unasked", state);
    RunReport report = only(told);
    assertClass(report, "memory_leak", 0.85);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("namespace_opted_in");
    assertThat(told.changes()).isZero();
  }

  @Test
  void a_limit_that_is_too_small_is_raised_and_the_working_set_fits_it() throws Exception {
    Played told = Played.story("small-limit", state);
    RunReport report = only(told);
    assertClass(report, "undersized_limit", 0.84);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("memory limit 256Mi → 384Mi on Deployment/api");
    assertThat(told.changes()).isEqualTo(1);
    assertThat(told.container().at("/resources/limits/memory").asString()).isEqualTo("384Mi");
    assertToldAgain(told);
  }

  @Test
  void a_pod_whose_owners_want_no_help_with_its_memory_is_left_alone() throws Exception {
    Played told = Played.story("memory-skip", state);
    RunReport report = only(told);
    assertThat(report.result()).isEqualTo(RunResult.SKIPPED);
    assertThat(report.stoppedBy()).isEqualTo("opted_out");
    assertThat(told.changes()).isZero();
  }

  @Test
  void the_older_generation_raises_limit_and_request_where_the_namespace_allows_it()
      throws Exception {
    Played told = Played.story("crash-loop", state);
    RunReport report = only(told);
    assertClass(report, "oom_at_startup", 0.91);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("memory limit 256Mi → 384Mi, rolling restart");
    assertThat(told.changes()).isEqualTo(1);
    JsonNode resources = told.container().path("resources");
    assertThat(resources.at("/limits/memory").asString()).isEqualTo("384Mi");
    assertThat(resources.at("/requests/memory").asString()).isEqualTo("192Mi");
    assertToldAgain(told);
  }

  @Test
  void the_older_generation_changes_nothing_that_the_namespace_has_not_allowed() throws Exception {
    Played told = Played.story("crash-unasked", state);
    RunReport report = only(told);
    assertClass(report, "oom_at_startup", 0.91);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("namespace_opted_in");
    assertThat(told.changes()).isZero();
    assertToldAgain(told);
  }

  @Test
  void the_command_tells_a_story_and_afterwards_its_run_is_found_by_the_journal() {
    String folder = state.toString();
    Program demo = Program.run("demo", "skip", "--state", folder);
    assertThat(demo.err()).isEmpty();
    assertThat(demo.status()).isZero();
    assertThat(demo.out())
        .startsWith("The pod's owners have opted out; it is left alone\n")
        .contains("SKIPPED")
        .contains("0 requests changed the cluster");
    Program show = Program.run("runs", "show", "--state", folder);
    assertThat(show.status()).isZero();
    assertThat(demo.out()).contains(show.out());
    Program list = Program.run("runs", "--state", folder);
    assertThat(list.status()).isZero();
    assertThat(list.out()).contains("skipped", "crashloopbackoff_v2", "pod/production/api-");
  }

  @Test
  void the_command_names_every_story_that_can_be_played() {
    Program list = Program.run("demo", "--list");
    assertThat(list.status()).isZero();
    List<String> expected = new ArrayList<>();
    for (Demo demo : Demo.all()) {
      if (!expected.contains(demo.group())) {
        expected.add(demo.group());
      }
      expected.add(demo.name());
    }
    assertThat(expected).contains("kubernetes", "oom", "bad-release").doesNotHaveDuplicates();
    assertThat(list.out().lines().map(line -> line.strip().split(" ")[0]))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void every_story_names_a_runbook_of_the_library_that_takes_its_signals() throws Exception {
    for (Demo demo : Demo.all()) {
      Runbook by = Language.load().find(demo.by()).runbook();
      assertThat(by.detectors().values().stream().flatMap(DemoTest::names))
          .as(demo.name())
          .containsAll(demo.incidents().stream().map(Demo.Incident::signal).toList());
    }
  }

  private static Stream<String> names(Runbook.Detector detector) {
    return Stream.concat(
        Stream.of(detector.id().name()), detector.aliases().stream().map(id -> id.name()));
  }

  @Test
  void a_story_that_does_not_exist_is_wrong_usage_and_the_others_are_named() {
    Program demo = Program.run("demo", "oon", "--state", state.toString());
    assertThat(demo.status()).isEqualTo(2);
    assertThat(demo.out()).isEmpty();
    assertThat(demo.err()).contains("no story `oon`", "oom, image-pull").doesNotContain("\tat ");
  }

  @Test
  void what_the_roles_leave_out_is_refused() throws Exception {
    Demo oom =
        Demo.all().stream().filter(demo -> demo.name().equals("oom")).findFirst().orElseThrow();
    String manifest = Program.run("rbac", "crashloopbackoff_v2", "--read-only").out();
    List<String> refused = new ArrayList<>();
    try (Stage stage =
        new Stage(
            oom.onItsOwn(),
            List.of(ClusterWorld.restricted("oom", manifest, "byteport", "byteport")),
            Files.createDirectories(state.resolve("demo")),
            (run, entry) -> {})) {
      RunReport report =
          stage
              .tell(
                  new Stage.Audience() {
                    @Override
                    public void begins(Demo demo, List<World> worlds) {}

                    @Override
                    public void passes(Duration time) {}

                    @Override
                    public void ends(Duration simulated, List<World> worlds) {
                      worlds.forEach(world -> refused.addAll(((ClusterWorld) world).refusals()));
                    }
                  })
              .getFirst();
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains("forbidden");
    }
    assertThat(refused)
        .first()
        .isEqualTo(
            "deployments \"api\" is forbidden: User"
                + " \"system:serviceaccount:byteport:byteport\" cannot patch resource"
                + " \"deployments\" in API group \"apps\" in the namespace \"production\"");
  }

  private static RunReport only(Played told) {
    assertThat(told.refused()).isEmpty();
    assertThat(told.reports()).hasSize(1);
    return told.reports().get(0);
  }

  private static void assertClass(RunReport report, String classId, double confidence) {
    assertThat(report.classId()).isEqualTo(classId);
    assertThat(report.confidence()).isCloseTo(confidence, within(1e-9));
  }

  private static List<Event.ChangeIntended> intents(List<JournalEntry> journal) {
    return journal.stream()
        .filter(Event.ChangeIntended.class::isInstance)
        .map(Event.ChangeIntended.class::cast)
        .toList();
  }

  /** What was printed while it happened is what the journal tells afterwards, line by line. */
  private static void assertToldAgain(Played told) {
    for (Map.Entry<String, String> run : told.printed().entrySet()) {
      Program show = Program.run("runs", "show", run.getKey(), "--state", told.state().toString());
      assertThat(show.status()).isZero();
      assertThat(show.out()).isEqualTo(run.getValue());
    }
    assertThat(told.journals())
        .hasSameSizeAs(told.reports())
        .allSatisfy(
            journal -> {
              assertThat(journal.getFirst()).isInstanceOf(Event.Opened.class);
              assertThat(journal.getLast()).isInstanceOf(Note.Finished.class);
            });
  }
}
