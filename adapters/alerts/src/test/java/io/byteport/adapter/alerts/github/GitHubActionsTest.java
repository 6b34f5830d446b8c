package io.byteport.adapter.alerts.github;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.accepted;
import static io.byteport.adapter.alerts.Given.connection;
import static io.byteport.adapter.alerts.Given.delivered;
import static io.byteport.adapter.alerts.Given.hmac;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.receive;
import static io.byteport.adapter.alerts.Given.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.alerts.OddJson;
import io.byteport.adapter.alerts.Site;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubActionsTest {
  private static final String RUN =
      """
      {"id": 30433642, "name": "Deploy to production", "path": ".github/workflows/deploy.yml",
       "run_number": 562, "run_attempt": 2, "workflow_id": 159038, "event": "push",
       "status": "completed", "conclusion": "failure", "head_branch": "main",
       "head_sha": "d3adb33fd3adb33fd3adb33fd3adb33fd3adb33f", "actor": {"login": "octocat"},
       "html_url": "https://github.com/example/shop/actions/runs/30433642",
       "created_at": "2026-11-22T11:50:00Z", "updated_at": "2026-11-22T11:55:00Z"}
      """;
  private static final String POSTED =
      "{\"action\": \"completed\", \"workflow_run\": "
          + RUN
          + ", \"workflow\": {\"id\": 159038}, \"repository\": {\"full_name\": \"example/shop\"}}";
  private static final String RUNS = "/repos/example/shop/actions/runs?status=";

  private static final Source OPEN =
      open(new GitHubActionsSource(), Map.of(), Map.of("hmacSha256", SECRET));

  private static Delivered signed(String event, String body) {
    return delivered(
        body, "X-GitHub-Event", event, "X-Hub-Signature-256", "sha256=" + hmac(SECRET, body));
  }

  @Test
  void a_deploy_that_failed_is_heard() throws Exception {
    Alert alert = accepted(OPEN, signed("workflow_run", POSTED)).getFirst();

    assertThat(alert.type()).isEqualTo("deploy_failure");
    assertThat(alert.title()).isEqualTo("Deploy to production of example/shop: failure");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.fingerprint()).isEqualTo("example/shop/30433642/2");
    assertThat(alert.startedAt()).isEqualTo("2026-11-22T11:55:00Z");
    assertThat(alert.labels())
        .containsEntry("repo", "example/shop")
        .containsEntry("run_id", "30433642")
        .containsEntry("sha", "d3adb33fd3adb33fd3adb33fd3adb33fd3adb33f")
        .containsEntry("author", "octocat");
  }

  @ParameterizedTest
  @CsvSource({
    "failure, Deploy, true",
    "timed_out, Release, true",
    "failure, PRODUCTION checks, true",
    "success, Deploy, false",
    "cancelled, Deploy, false",
    "failure, Tests, false"
  })
  void only_deploys_that_failed_or_timed_out_count(
      String conclusion, String workflow, boolean counts) throws Exception {
    String body =
        POSTED
            .replace("\"failure\"", "\"" + conclusion + "\"")
            .replace("Deploy to production", workflow);
    assertThat(accepted(OPEN, signed("workflow_run", body))).hasSize(counts ? 1 : 0);
  }

  @Test
  void listed_workflows_count_by_name_or_file_and_no_others() throws Exception {
    for (String listed : List.of("deploy.yml", "deploy to production")) {
      Source source =
          open(
              new GitHubActionsSource(),
              Map.of("workflows", List.of(listed)),
              Map.of("hmacSha256", SECRET));
      assertThat(accepted(source, signed("workflow_run", POSTED))).as(listed).hasSize(1);
    }
    Source other =
        open(
            new GitHubActionsSource(),
            Map.of("workflows", List.of("ship.yml")),
            Map.of("hmacSha256", SECRET));
    assertThat(accepted(other, signed("workflow_run", POSTED))).isEmpty();
  }

  @Test
  void other_events_say_nothing() throws Exception {
    assertThat(accepted(OPEN, signed("ping", "{\"zen\":\"Keep it logically awesome.\"}")))
        .isEmpty();
    assertThat(accepted(OPEN, signed("push", POSTED))).isEmpty();
    assertThat(
            accepted(
                OPEN, signed("workflow_run", POSTED.replace("\"completed\",", "\"requested\","))))
        .isEmpty();
  }

  @Test
  void a_wrong_signature_is_refused() throws Exception {
    assertThat(
            refused(
                OPEN,
                delivered(
                    POSTED,
                    "X-GitHub-Event",
                    "workflow_run",
                    "X-Hub-Signature-256",
                    "sha256=" + hmac("wrong", POSTED))))
        .isEqualTo(Refusal.FORGED);
    assertThat(refused(OPEN, delivered(POSTED, "X-GitHub-Event", "workflow_run")))
        .isEqualTo(Refusal.UNSIGNED);
    assertThat(refused(OPEN, signed("workflow_run", "["))).isEqualTo(Refusal.MALFORMED);
  }

  private static Source at(Site site) {
    return open(
        new GitHubActionsSource(),
        Map.of("repositories", List.of("example/shop")),
        Map.of("hmacSha256", SECRET),
        connection("github", Map.of("address", site.url()), Map.of("token", SECRET)));
  }

  @Test
  void polling_finds_what_failed_since_the_cursor_and_the_same_run_as_the_webhook()
      throws Exception {
    String older =
        RUN.replace("30433642", "1").replace("11:55:00", "10:55:00").replace("11:50", "10:50");
    try (Site site =
            new Site()
                .on("GET", RUNS + "failure", "{\"workflow_runs\": [" + RUN + "," + older + "]}")
                .on("GET", RUNS + "timed_out", "{\"workflow_runs\": []}");
        Source source = at(site)) {
      Polled first = source.poller().orElseThrow().poll(null);

      assertThat(first.everything()).isFalse();
      assertThat(first.alerts())
          .extracting(Alert::fingerprint)
          .containsExactly("example/shop/30433642/2");
      assertThat(first.alerts().getFirst().labels())
          .isEqualTo(accepted(OPEN, signed("workflow_run", POSTED)).getFirst().labels());
      assertThat(first.cursor()).isEqualTo("2026-11-22T11:55:00Z");

      Polled again = source.poller().orElseThrow().poll(first.cursor());
      assertThat(again.alerts()).as("looks back, since runs show up late").hasSize(1);
      assertThat(source.poller().orElseThrow().poll(NOW.toString()).alerts()).isEmpty();
      assertThat(source.poller().orElseThrow().poll("not a moment").alerts()).hasSize(1);
    }
  }

  @Test
  void a_refusal_is_told_in_the_words_of_github() throws Exception {
    try (Site site = new Site().on("GET", RUNS, 404, Map.of(), "{\"message\":\"Not Found\"}");
        Source source = at(site)) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class, () -> source.poller().orElseThrow().poll(null)))
          .hasMessageContaining("Not Found");
    }
  }

  @Provide
  Arbitrary<String> bodies() {
    return OddJson.of(
        List.of("action", "workflow_run", "id", "repository", "full_name", "conclusion", "name"),
        POSTED);
  }

  @Property(tries = 300)
  void nothing_that_is_posted_makes_it_throw(@ForAll("bodies") String body) throws Exception {
    assertThat(receive(OPEN, signed("workflow_run", body))).isNotNull();
  }
}
