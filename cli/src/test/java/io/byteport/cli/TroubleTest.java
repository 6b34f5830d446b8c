package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.sim.kubernetes.scenario.HttpFault;
import io.byteport.sim.kubernetes.scenario.HttpFault.Answer;
import io.byteport.sim.kubernetes.scenario.HttpFault.Drop;
import io.byteport.sim.kubernetes.scenario.HttpFault.Effect;
import io.byteport.sim.kubernetes.scenario.HttpFault.Hang;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cluster that fails at the worst moment: whatever it does, a run ends, says why in the server's
 * words, never changes anything twice and never changes anything on doubt.
 */
class TroubleTest {
  private static final String RUNBOOK = "crashloopbackoff_v2";
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/production/deployments/api";
  private static final String LOG = "/api/v1/namespaces/production/pods/.*/log";

  @TempDir private Path folder;

  /**
   * @param story what the name of the test says
   * @param scenario of the cluster
   * @param fault what requests meet
   * @param words of the runbook to exchange
   * @param reason what the reason of the escalation contains
   * @param changes how many requests for a change reach the server
   */
  record Trouble(
      String story,
      String scenario,
      HttpFault fault,
      Map<String, String> words,
      String reason,
      int changes) {
    @Override
    public String toString() {
      return story;
    }
  }

  /** Troubles before or at the change that leave the cluster as it was. */
  static List<Trouble> troubles() {
    return List.of(
        any(
            "every connection is dropped from the start",
            ".*",
            new Drop(false),
            "connection was closed"),
        any("every answer is 503 from the start", ".*", Answer.of(503), "currently unable"),
        any("nobody may read anything", ".*", Answer.of(403), "the simulated cluster refuses it"),
        new Trouble(
            "the log may not be read and the class depends on it",
            "dependency",
            HttpFault.always(LOG, Answer.of(403)),
            Map.of(),
            "the simulated cluster refuses it",
            0),
        any("the workload is gone", DEPLOYMENT, Answer.of(404), "could not find"),
        patch("the rehearsal is forbidden", "dryRun", Answer.of(403), "refuses it", 0),
        patch("the rehearsal conflicts", "dryRun", Answer.of(409), "has been modified", 0),
        patch("the rehearsal is invalid", "dryRun", Answer.of(422), "is invalid", 0),
        patch("the rehearsal fails", "dryRun", Answer.of(500), "an error on the server", 0),
        patch("the rehearsal's line is cut", "dryRun", new Drop(false), "connection was closed", 0),
        patch("the change is forbidden", "^(?!.*dryRun)", Answer.of(403), "refuses it", 1),
        patch("the change conflicts", "^(?!.*dryRun)", Answer.of(409), "has been modified", 1),
        patch("the change is invalid", "^(?!.*dryRun)", Answer.of(422), "is invalid", 1),
        patch("the change is throttled", "^(?!.*dryRun)", Answer.of(429), "too many requests", 1),
        patch("the change fails", "^(?!.*dryRun)", Answer.of(500), "an error on the server", 1),
        patch("the change times out", "^(?!.*dryRun)", Answer.of(504), "and still may", 1),
        patch(
            "the change's line is cut",
            "^(?!.*dryRun)",
            new Drop(false),
            "connection was closed",
            1),
        new Trouble(
            "the change is not answered",
            "oom",
            at("PATCH", DEPLOYMENT, "^(?!.*dryRun)", new Hang()),
            Map.of(
                "uses: kubectl.setMemoryLimit\n",
                "uses: kubectl.setMemoryLimit\n        timeout: 1s\n"),
            "it has not taken effect so far, and still may",
            1),
        new Trouble(
            "the rehearsal is not answered",
            "oom",
            at("PATCH", DEPLOYMENT, "dryRun", new Hang()),
            Map.of(
                "uses: kubectl.setMemoryLimit\n",
                "uses: kubectl.setMemoryLimit\n        timeout: 1s\n"),
            "no answer within",
            0),
        new Trouble(
            "a read that the class depends on is not answered",
            "dependency",
            HttpFault.always(LOG, new Hang()),
            Map.of("uses: kubectl.logs\n", "uses: kubectl.logs\n    timeout: 1s\n"),
            "no answer within",
            0));
  }

  private static Trouble any(String story, String path, Effect effect, String reason) {
    return new Trouble(story, "oom", HttpFault.always(path, effect), Map.of(), reason, 0);
  }

  private static Trouble patch(
      String story, String query, Effect effect, String reason, int changes) {
    return new Trouble(
        story, "oom", at("PATCH", DEPLOYMENT, query, effect), Map.of(), reason, changes);
  }

  private static HttpFault at(String method, String path, String query, Effect effect) {
    return new HttpFault(
        Optional.of(method),
        Pattern.compile(path),
        Optional.of(Pattern.compile(query)),
        0,
        Integer.MAX_VALUE,
        effect);
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void a_human_is_called_with_the_cause_and_the_cluster_is_as_it_was(Trouble trouble)
      throws Exception {
    try (Incident incident = incident(trouble.scenario(), trouble.words())) {
      incident.cluster().inject(trouble.fault());
      RunReport report = incident.run();
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains(trouble.reason());
      assertThat(report.notices()).isNotEmpty();
      assertThat(incident.printed().replaceAll("\\s+", " "))
          .contains("ESCALATED", trouble.reason());
      assertThat(incident.changes()).hasSize(trouble.changes());
      assertThat(intents(incident)).isLessThanOrEqualTo(1);
      assertThat(incident.journal().getLast()).isInstanceOf(Note.Finished.class);
      incident.cluster().clearHttpFaults();
      assertThat(incident.memoryLimit()).isEqualTo("256Mi");
    }
  }

  @Test
  void a_class_that_cannot_be_decided_is_unknown_after_two_looks() throws Exception {
    try (Incident incident = incident("dependency", Map.of())) {
      incident.cluster().inject(HttpFault.always(LOG, Answer.of(403)));
      RunReport report = incident.run();
      assertThat(report.classId()).isEqualTo("unknown");
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains("logs: forbidden");
      assertThat(incident.journal().stream().filter(Note.Classified.class::isInstance)).hasSize(2);
      assertThat(incident.changes()).isEmpty();
    }
  }

  @Test
  void a_log_that_may_not_be_read_does_not_matter_where_the_class_does_not_depend_on_it()
      throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      incident.cluster().inject(HttpFault.always(LOG, Answer.of(403)));
      assertResolvedByOneChange(incident, incident.run());
    }
  }

  @Test
  void a_cluster_that_is_gone_after_the_diagnosis_is_not_changed() throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      incident.during(
          entry -> {
            if (entry instanceof Note.PhaseEntered entered && entered.phase() == Note.Phase.ACT) {
              incident.cluster().inject(HttpFault.always(".*", new Drop(false)));
            }
          });
      RunReport report = incident.run();
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.classId()).isEqualTo("oom_at_startup");
      assertThat(report.reason()).contains("connection was closed", "production/api");
      assertThat(incident.changes()).isEmpty();
    }
  }

  @Test
  void a_cluster_that_is_gone_after_the_change_is_never_called_healthy() throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      incident.during(
          entry -> {
            if (entry instanceof Event.ChangeFinished) {
              incident.cluster().inject(HttpFault.always(".*", new Drop(false)));
            }
          });
      RunReport report = incident.run();
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(incident.changes()).hasSize(1);
      assertThat(intents(incident)).isEqualTo(1);
    }
  }

  @Test
  void a_change_that_took_effect_though_nobody_said_so_is_found_out_and_not_repeated()
      throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      incident.cluster().inject(at("PATCH", DEPLOYMENT, "^(?!.*dryRun)", new Drop(true)));
      RunReport report = incident.run();
      assertResolvedByOneChange(incident, report);
      assertThat(incident.journal())
          .anyMatch(entry -> entry instanceof Event.ChangeFinished done && done.recovered());
    }
  }

  @Test
  void a_change_of_which_nobody_can_say_whether_it_was_made_is_for_a_human() throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      incident.cluster().inject(at("PATCH", DEPLOYMENT, "^(?!.*dryRun)", new Drop(true)));
      incident.during(
          entry -> {
            if (entry instanceof Event.ChangeFinished) {
              incident.cluster().inject(HttpFault.always(".*", Answer.of(503)));
            }
          });
      RunReport report = incident.run();
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason())
          .contains("not known", "connection was closed", "currently unable", "kubectl patch");
      assertThat(incident.changes()).hasSize(1);
      assertThat(intents(incident)).isEqualTo(1);
    }
  }

  @Test
  void a_pod_that_is_gone_before_anybody_looks_is_for_a_human() throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      RunReport report = incident.run(Map.of("namespace", "production", "pod", "api-gone"));
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains("api-gone");
      assertThat(incident.changes()).isEmpty();
    }
  }

  @Test
  void a_pod_that_vanishes_before_the_change_does_not_keep_its_workload_from_being_repaired()
      throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      vanish(incident);
      assertResolvedByOneChange(incident, incident.run());
    }
  }

  @Test
  void a_pod_that_vanishes_before_it_is_changed_itself_is_for_a_human() throws Exception {
    try (Incident incident = incident("dependency", Map.of())) {
      vanish(incident);
      RunReport report = incident.run();
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains(incident.pod());
      assertThat(incident.changes()).isEmpty();
    }
  }

  private static void vanish(Incident incident) {
    incident.during(
        entry -> {
          if (entry instanceof Note.PhaseEntered entered && entered.phase() == Note.Phase.PLAN) {
            incident
                .api()
                .delete(
                    "/api/v1/namespaces/production/pods/"
                        + incident.pod()
                        + "?gracePeriodSeconds=0");
          }
        });
  }

  @Test
  void a_log_of_100_megabytes_is_cut_and_the_run_goes_on() throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      incident.cluster().inject(HttpFault.always(LOG, new HttpFault.HugeLog(100L << 20, 120)));
      assertResolvedByOneChange(incident, incident.run());
    }
  }

  @Test
  @Tag("slow")
  void ten_thousand_events_of_others_do_not_hide_those_of_the_pod() throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      incident.cluster().floodEvents("production", 10_000);
      assertResolvedByOneChange(incident, incident.run());
    }
  }

  @Test
  void a_signal_without_the_labels_that_are_needed_is_journalled_for_a_human() throws Exception {
    try (Incident incident = incident("oom", Map.of())) {
      RunReport report = incident.run(Map.of("namespace", "production"));
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason() + report.notices().getFirst().details()).contains("pod");
      assertThat(incident.journal().getLast()).isInstanceOf(Note.Finished.class);
      assertThat(incident.cluster().requests()).isEmpty();
    }
  }

  private Incident incident(String scenario, Map<String, String> words) throws Exception {
    return new Incident(scenario, Variant.of(RUNBOOK, words), folder);
  }

  private static long intents(Incident incident) {
    return incident.journal().stream().filter(Event.ChangeIntended.class::isInstance).count();
  }

  private static void assertResolvedByOneChange(Incident incident, RunReport report) {
    assertThat(report.reason()).isEqualTo("Every expectation holds");
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(incident.changes()).containsExactly(DEPLOYMENT);
    assertThat(intents(incident)).isEqualTo(1);
    assertThat(incident.memoryLimit()).isEqualTo("384Mi");
    List<JournalEntry> journal = incident.journal();
    assertThat(journal.getLast()).isInstanceOf(Note.Finished.class);
  }
}
