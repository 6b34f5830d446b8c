package io.byteport.sim.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulatedCloudTest {
  private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
  private static final String DEPLOYS = "/render/services/srv-checkout0prod/deploys";
  private static final String WORKFLOWS = "/github/repos/shop/infra/actions/workflows";

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final HttpClient client = HttpClient.newHttpClient();
  private SimulatedCloud cloud = start("broken-deploy");

  private SimulatedCloud start(String scenario) {
    try {
      return SimulatedCloud.start(CloudScenario.named(scenario), now::get);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void play(String scenario) {
    cloud.close();
    cloud = start(scenario);
  }

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(cloud.url() + path))
            .header("Authorization", "Bearer " + SimulatedCloud.TOKEN)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = send("GET", path, "");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  private int health() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(cloud.healthUrl("srv-checkout0prod"))).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static List<String> texts(JsonNode list, String pointer) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.at(pointer).asString())
        .toList();
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  @Test
  void a_site_is_well_again_when_the_deploy_of_a_good_commit_is_live_and_not_before()
      throws Exception {
    assertThat(health()).isEqualTo(503);
    assertThat(send("POST", DEPLOYS, "{\"commitId\":\"abc1234f\"}").statusCode()).isEqualTo(201);
    assertThat(health()).isEqualTo(503);
    assertThat(texts(get(DEPLOYS + "?limit=2"), "/deploy/status"))
        .containsExactly("build_in_progress", "live");
    pass(Duration.ofSeconds(40));
    assertThat(health()).isEqualTo(200);
    assertThat(texts(get(DEPLOYS), "/deploy/status"))
        .containsExactly("live", "deactivated", "deactivated", "deactivated");
    assertThat(texts(get(DEPLOYS + "?status=live"), "/deploy/commit/id"))
        .containsExactly("abc1234f");
    assertThat(texts(get(DEPLOYS + "?limit=1"), "/deploy/trigger")).containsExactly("api");
    assertThat(cloud.changes()).containsExactly("POST " + DEPLOYS);
  }

  @Test
  void a_commit_that_nobody_has_pushed_is_refused_and_changes_nothing() throws Exception {
    HttpResponse<String> refused = send("POST", DEPLOYS, "{\"commitId\":\"0000000\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("0000000 was not found");
    assertThat(cloud.changes()).isEmpty();
    assertThat(get(DEPLOYS)).hasSize(3);
  }

  @Test
  void whoever_brings_no_token_is_refused_but_for_the_health_of_a_site() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(cloud.url() + DEPLOYS)).build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
    assertThat(health()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/render",
        "/render/services/srv-other/deploys",
        "/render/services/srv-checkout0prod/env",
        "/github/repos/shop/other/actions/runs",
        "/sentry/api/0/organizations/other/issues/",
        "/sites/srv-other/health"
      })
  void what_there_is_not_is_not_found(String path) throws Exception {
    assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
  }

  @Test
  void a_workflow_that_is_asked_for_runs_its_time_and_is_a_success() throws Exception {
    play("failed-workflow");
    HttpResponse<String> asked =
        send(
            "POST",
            WORKFLOWS + "/rollback.yml/dispatches",
            "{\"ref\":\"main\",\"inputs\":{\"failed_run_id\":\"7411\"}}");
    assertThat(asked.statusCode()).isEqualTo(204);
    String runs = WORKFLOWS + "/6/runs?event=workflow_dispatch&branch=main&per_page=50";
    JsonNode going = get(runs).at("/workflow_runs/0");
    assertThat(going.path("status").asString()).isEqualTo("in_progress");
    assertThat(going.path("conclusion").isNull()).isTrue();
    pass(Duration.ofMinutes(3));
    JsonNode over = get(runs).at("/workflow_runs/0");
    assertThat(over.path("conclusion").asString()).isEqualTo("success");
    String run = "/github/repos/shop/infra/actions/runs/" + over.path("id").asLong();
    assertThat(get(run).path("html_url").asString()).endsWith("/shop/infra/actions/runs/9001");
    String job = get(run + "/jobs").at("/jobs/0/id").asString();
    assertThat(send("GET", "/github/repos/shop/infra/actions/jobs/" + job + "/logs", "").body())
        .contains("\"failed_run_id\":\"7411\"");
  }

  @Test
  void runs_are_found_by_their_status_as_by_their_conclusion() throws Exception {
    play("failed-workflow");
    String runs = "/github/repos/shop/infra/actions/runs";
    assertThat(texts(get(runs + "?status=failure").path("workflow_runs"), "/id"))
        .containsExactly("7411");
    assertThat(texts(get(runs + "?status=success").path("workflow_runs"), "/id"))
        .containsExactly("7390");
    assertThat(texts(get(runs + "?status=completed").path("workflow_runs"), "/id"))
        .containsExactly("7411", "7390");
    assertThat(get(runs + "/7411/jobs").at("/jobs/0/steps/0/name").asString())
        .isEqualTo("Run npm run release");
    assertThat(get(WORKFLOWS + "/deploy.yml").path("state").asString()).isEqualTo("active");
  }

  @Test
  void a_dispatch_without_a_branch_is_refused() throws Exception {
    play("failed-workflow");
    assertThat(send("POST", WORKFLOWS + "/rollback.yml/dispatches", "{}").statusCode())
        .isEqualTo(422);
    assertThat(cloud.changes()).isEmpty();
  }

  private long events(Instant from, Instant to) throws Exception {
    long events = 0;
    JsonNode data =
        get("/sentry/api/0/organizations/shop/events-stats/?query=issue.id:4509877862268928"
                + "&start="
                + from
                + "&end="
                + to)
            .path("data");
    for (JsonNode pair : data) {
      events += pair.at("/1/0/count").asLong();
    }
    return events;
  }

  @Test
  void errors_come_as_often_as_what_is_live_makes_them() throws Exception {
    play("regressed-error");
    Duration window = Duration.ofMinutes(5);
    assertThat(events(START.minus(window), START)).isBetween(140L, 142L);
    assertThat(events(START.minus(Duration.ofHours(2)), START.minus(Duration.ofHours(1))))
        .isBetween(71L, 72L);
    cloud.release("srv-backend0prod", "abc1234f");
    pass(window);
    assertThat(events(START, now.get())).isBetween(5L, 6L);
    assertThat(cloud.changes()).containsExactly("release srv-backend0prod abc1234f");
  }

  @Test
  void an_issue_has_its_newest_event_and_its_project_the_releases() throws Exception {
    play("regressed-error");
    String organization = "/sentry/api/0/organizations/shop";
    JsonNode busiest = get(organization + "/issues/?query=project%3Abackend-api&sort=freq");
    assertThat(texts(busiest, "/substatus")).containsExactly("regressed");
    String issue = organization + "/issues/" + busiest.at("/0/id").asString() + "/";
    assertThat(get(issue).at("/project/slug").asString()).isEqualTo("backend-api");
    JsonNode event = get(issue + "events/latest/");
    assertThat(event.at("/entries/0/data/values/0/type").asString()).isEqualTo("AttributeError");
    String project = get("/sentry/api/0/projects/shop/backend-api/").path("id").asString();
    JsonNode releases = get(organization + "/releases/?project=" + project);
    assertThat(texts(releases, "/lastCommit/id")).containsExactly("a3f9c12d", "abc1234f");
  }

  @Test
  void what_is_no_scenario_is_refused_with_what_is_wrong() {
    assertThatThrownBy(() -> CloudScenario.named("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> CloudScenario.parse("{ name: x, sevices: [] }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sevices");
    assertThatThrownBy(() -> cloud.release("srv-other", "abc1234f"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("srv-other");
  }
}
