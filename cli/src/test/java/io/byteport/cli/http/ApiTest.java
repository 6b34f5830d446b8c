package io.byteport.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.RecordedJournals;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunPlan;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs get what the document says, whoever asks for whatever, in runs that were played. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
  private static final RunPlan PLAN = FakeAgent.plan("lab mend b1");
  private static final Path PUBLISHED = Path.of("../docs/api/openapi.json");

  private Lab lab;

  @BeforeAll
  void play(@TempDir Path folder) throws Exception {
    new RecordedJournals(folder).write();
    FakeAgent agent = new FakeAgent(SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY));
    agent.with(Configured.STAFFED);
    lab = new Lab(agent, Limits.standard().failedLogins(new HttpLimits.Rate(1, 1000)), Pages.NONE);
  }

  @AfterAll
  void end() {
    lab.close();
  }

  private JsonNode ok(String path) throws Exception {
    HttpResponse<String> response = lab.get(path, "vera");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  private static List<String> ids(JsonNode runs) {
    List<String> ids = new ArrayList<>();
    runs.path("runs").forEach(run -> ids.add(run.path("id").asString()));
    return ids;
  }

  private String problem(String path, int status) throws Exception {
    HttpResponse<String> response = lab.get(path, "vera");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    return JsonMapper.shared().readTree(response.body()).path("detail").asString();
  }

  @Test
  void the_document_is_published_as_it_is_served() throws Exception {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PUBLISHED, Api.document());
    }
    assertThat(PUBLISHED).content().isEqualTo(Api.document());
    assertThat(ok("/api/v1/openapi.json")).isEqualTo(Document.ROOT);
  }

  @Test
  void every_route_is_documented_with_its_role_and_nothing_else_is() {
    TreeSet<String> routes = new TreeSet<>(List.of("GET /livez", "GET /readyz", "GET /metrics"));
    for (Route route : lab.server.routes()) {
      routes.add(route.method() + " " + route.path());
      JsonNode operation = Document.operation(route.method(), route.path());
      assertThat(operation.path("x-role").asString())
          .as(route.path())
          .isEqualTo(route.least().name().toLowerCase(Locale.ROOT));
      List<String> documented = new ArrayList<>();
      operation
          .path("parameters")
          .forEach(
              each -> {
                if (each.path("in").asString().equals("path")) {
                  documented.add(each.path("name").asString());
                }
              });
      assertThat(documented).as(route.path()).isEqualTo(route.names());
    }
    assertThat(new TreeSet<>(Document.operations())).isEqualTo(routes);
  }

  @Test
  void every_answer_is_what_the_document_says_whoever_asks() throws Exception {
    lab.agent.ask(open("asks-all"), PLAN);
    int judged = 0;
    for (String operation : Document.operations()) {
      String method = operation.substring(0, operation.indexOf(' '));
      String path = operation.substring(operation.indexOf(' ') + 1);
      for (@Nullable String who : new @Nullable String[] {null, "vera", "anna", "ada", "nobody"}) {
        for (String actual : filled(path)) {
          HttpRequest.Builder request =
              Lab.by(HttpRequest.newBuilder(lab.at(actual)), who)
                  .method(method, HttpRequest.BodyPublishers.noBody());
          if (path.endsWith("/events")) {
            request.header("Last-Event-ID", "100000");
          }
          if (path.equals("/api/v1/runs/{run}/events") && actual.contains("asks-all")) {
            continue; // it would go on for ever; its own tests read it
          }
          HttpResponse<String> response = lab.send(request);
          String type =
              response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
          assertThat(
                  Document.complaints(method, path, response.statusCode(), type, response.body()))
              .as(operation + " by " + who + ": " + response.statusCode() + response.body())
              .isEmpty();
          judged++;
        }
      }
    }
    assertThat(judged).isGreaterThan(80);
  }

  /** Paths of things that are there, and of one that is not. */
  private static List<String> filled(String path) {
    List<String> runs =
        path.contains("{run}") ? List.of("test-run", "asks-all", "none") : List.of("");
    return runs.stream()
        .map(
            run ->
                path.replace("{run}", run)
                    .replace("{runbook}", "busy_worker")
                    .replace("{letter}", "unknown"))
        .toList();
  }

  private RunId open(String run) {
    RunId id = lab.agent.open(run);
    assertThat(lab.agent.store.claim(id)).isTrue();
    return id;
  }

  @Test
  void each_role_may_what_it_may_and_no_more() throws Exception {
    for (Route route : lab.server.routes()) {
      for (Role role : Role.values()) {
        String who =
            switch (role) {
              case VIEWER -> "vera";
              case APPROVER -> "anna";
              case ADMIN -> "ada";
            };
        int status = status(route, who);
        if (role.compareTo(route.least()) >= 0) {
          assertThat(status).as(route.path() + " by " + role).isNotIn(401, 403);
        } else {
          assertThat(status).as(route.path() + " by " + role).isEqualTo(403);
        }
      }
      assertThat(status(route, null)).as(route.path() + " by nobody").isEqualTo(401);
      assertThat(status(route, "stranger")).as(route.path() + " by a stranger").isEqualTo(401);
    }
  }

  private int status(Route route, @Nullable String who) throws Exception {
    String path = route.path().replaceAll("\\{[a-z]+}", "none-such");
    return lab.send(
            Lab.by(HttpRequest.newBuilder(lab.at(path)), who)
                .method(route.method(), HttpRequest.BodyPublishers.noBody()))
        .statusCode();
  }

  @Test
  void runs_are_listed_by_what_they_are_and_a_page_at_a_time() throws Exception {
    List<String> all = ids(ok("/api/v1/runs?limit=500"));
    assertThat(all).contains("test-run", "interrupted-run");

    List<String> paged = new ArrayList<>();
    String next = "/api/v1/runs?limit=1";
    while (true) {
      JsonNode page = ok(next);
      paged.addAll(ids(page));
      if (page.path("next").isNull()) {
        break;
      }
      next = "/api/v1/runs?limit=1&cursor=" + page.path("next").asString();
    }
    assertThat(paged).isEqualTo(all);
    assertThat(ids(ok("/api/v1/runs?state=open&runbook=busy_worker")))
        .contains("interrupted-run")
        .doesNotContain("test-run");
    assertThat(ids(ok("/api/v1/runs?state=ended&runbook=busy_worker"))).containsExactly("test-run");
    assertThat(ids(ok("/api/v1/runs?target=WORKER-7"))).contains("interrupted-run");
    assertThat(ids(ok("/api/v1/runs?since=2999-01-01T00:00:00Z"))).isEmpty();
    assertThat(ids(ok("/api/v1/runs?result=nothing"))).isEmpty();
    assertThat(ids(ok("/api/v1/runs?q=interrupted-r"))).containsExactly("interrupted-run");
  }

  @Test
  void a_parameter_that_means_nothing_is_said_to_mean_nothing() throws Exception {
    assertThat(problem("/api/v1/runs?stat=open", 400)).contains("no parameter `stat`", "state");
    assertThat(problem("/api/v1/runs?state=closed", 400)).contains("found `closed`");
    assertThat(problem("/api/v1/runs?limit=many", 400)).contains("1 to 500, found `many`");
    assertThat(problem("/api/v1/runs?limit=0", 400)).contains("found `0`");
    assertThat(problem("/api/v1/runs?since=yesterday", 400)).contains("found `yesterday`");
    assertThat(problem("/api/v1/runs?cursor=%25%25", 400)).contains("`next` of the last page");
    assertThat(problem("/api/v1/runs?cursor=YWJj", 400)).contains("`next` of the last page");
    assertThat(problem("/api/v1/runs/none", 404)).contains("GET /api/v1/runs lists them");
    assertThat(problem("/api/v1/runbooks/none", 404)).contains("GET /api/v1/runbooks");
    assertThat(problem("/api/v1/nothing", 404)).contains("/api/v1/openapi.json");
    assertThat(problem("/api/v1/reload", 405)).contains("expected POST");
  }

  @Test
  void a_run_tells_its_story_as_the_command_line_does() throws Exception {
    JsonNode story = ok("/api/v1/runs/test-run");
    JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);
    List<JsonNode> printed =
        lab.agent.store.entries(new RunId("test-run")).stream()
            .map(entry -> JsonMapper.shared().readTree(codec.write(entry)))
            .toList();

    assertThat(story.path("entries").valueStream().toList()).isEqualTo(printed);
    assertThat(printed).hasSizeGreaterThan(5);
    assertThat(story.at("/run/runbook").asString()).isEqualTo("busy_worker");
  }

  @Test
  void evidence_is_a_file_that_is_a_test() throws Exception {
    HttpResponse<String> file = lab.get("/api/v1/runs/test-run/evidence", "vera");

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"test-run.test.yaml\"");
    assertThat(file.body()).contains("kind: RunbookTest", "runbook: busy_worker", "evidence:");
    assertThat(problem("/api/v1/runs/interrupted-run/evidence", 409)).contains("has not ended");
  }

  @Test
  void a_yes_is_taken_for_the_plan_that_was_seen_and_for_no_other() throws Exception {
    RunId run = open("asks-1");
    lab.agent.ask(run, PLAN);
    RunPlan other = FakeAgent.plan("lab mend b2");
    JsonNode asked = approval("asks-1", "anna");
    lab.agent.ask(run, other);

    HttpResponse<String> late = answer("asks-1", "anna", asked.path("hash").asString());
    HttpResponse<String> right = answer("asks-1", "anna", other.hash());
    HttpResponse<String> again = answer("asks-1", "anna", other.hash());

    assertThat(asked.path("plan").get(0).asString()).isEqualTo("lab mend b1");
    assertThat(asked.path("mayAnswer").asBoolean()).isTrue();
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(JsonMapper.shared().readTree(late.body()).path("hash").asString())
        .isEqualTo(other.hash());
    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(JsonMapper.shared().readTree(right.body()).path("by").asString()).isEqualTo("anna");
    assertThat(again.statusCode()).isEqualTo(404);
    Event.Approved written = (Event.Approved) lab.agent.store.entries(run).getLast();
    assertThat(written.by()).isEqualTo("anna");
    assertThat(written.reason()).isEqualTo("looks right");
  }

  private JsonNode approval(String run, String who) throws Exception {
    HttpResponse<String> response = lab.get("/api/v1/approvals", who);
    return JsonMapper.shared()
        .readTree(response.body())
        .path("approvals")
        .valueStream()
        .filter(each -> each.path("run").asString().equals(run))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> answer(String run, String who, String hash) throws Exception {
    return lab.post(
        "/api/v1/approvals/" + run,
        who,
        "{\"approved\":true,\"hash\":\"" + hash + "\",\"comment\":\"looks right\"}");
  }

  @Test
  void only_who_is_among_the_approvers_answers_however_high_the_role() throws Exception {
    lab.agent.ask(open("asks-2"), PLAN);
    try {
      lab.agent.with(Configured.STAFFED.answeredBy("group:dba", "user:dora"));
      HttpResponse<String> admin = answer("asks-2", "ada", PLAN.hash());
      assertThat(admin.statusCode()).isEqualTo(403);
      assertThat(admin.body()).contains("group:dba, user:dora", "ada is none of them");
      assertThat(approval("asks-2", "ada").path("mayAnswer").asBoolean()).isFalse();

      lab.agent.with(Configured.STAFFED.answeredBy("group:sre", "user:vera"));
      assertThat(answer("asks-2", "ada", PLAN.hash()).statusCode()).isEqualTo(403);
      assertThat(answer("asks-2", "vera", PLAN.hash()).statusCode()).isEqualTo(403);
      assertThat(answer("asks-2", "anna", PLAN.hash()).statusCode()).isEqualTo(200);
    } finally {
      lab.agent.with(Configured.STAFFED);
    }
  }

  @Test
  void an_answer_that_says_too_little_or_too_much_is_no_answer() throws Exception {
    lab.agent.ask(open("asks-3"), PLAN);
    String path = "/api/v1/approvals/asks-3";
    List<String> wrong =
        List.of(
            "",
            "[]",
            "yes",
            "{\"approved\":true}",
            "{\"approved\":\"yes\",\"hash\":\"" + PLAN.hash() + "\"}",
            "{\"approved\":true,\"hash\":\"" + PLAN.hash() + "\",\"force\":true}",
            "{\"approved\":true,\"hash\":7}",
            "{\"approved\":true,\"hash\":\"x\",\"comment\":\"" + "y".repeat(2001) + "\"}");
    for (String body : wrong) {
      assertThat(lab.post(path, "anna", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(lab.agent.store.questions()).anyMatch(each -> each.run().value().equals("asks-3"));
  }

  @Test
  void a_dead_letter_is_sent_again_once() throws Exception {
    assertThat(ok("/api/v1/dead-letters").path("deadLetters").get(0).path("id").asString())
        .isEqualTo("7");
    assertThat(lab.post("/api/v1/dead-letters/7/retry", "anna", "").statusCode()).isEqualTo(403);
    assertThat(lab.post("/api/v1/dead-letters/7/retry", "ada", "").statusCode()).isEqualTo(200);
    assertThat(lab.post("/api/v1/dead-letters/7/retry", "ada", "").statusCode()).isEqualTo(404);
  }

  @Test
  void a_reload_says_what_was_wrong() throws Exception {
    assertThat(lab.post("/api/v1/reload", "ada", "").body())
        .isEqualTo("{\"taken\":true,\"findings\":[]}");
    lab.agent.findings = List.of("agent.yaml:3:1: error");
    assertThat(lab.post("/api/v1/reload", "ada", "").body())
        .isEqualTo("{\"taken\":false,\"findings\":[\"agent.yaml:3:1: error\"]}");
  }

  @Test
  void probes_tell_everybody_little_and_counters_only_who_may_look() throws Exception {
    assertThat(lab.get("/livez", null).body()).isEqualTo("alive\n");
    assertThat(lab.get("/readyz", null).statusCode()).isEqualTo(200);
    lab.agent.ready = false;
    HttpResponse<String> notReady = lab.get("/readyz", null);
    lab.agent.ready = true;
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body()).isEqualTo("not ready\n");
    lab.agent.ready = false;
    String verbose = lab.get("/readyz?verbose", null).body();
    lab.agent.ready = true;
    assertThat(verbose).isEqualTo("not ready\nthe store does not answer\n");
    assertThat(lab.get("/readyz?verbose", null).body()).isEqualTo("ready\n");
    assertThat(forwarded("/readyz?verbose", null)).isEqualTo(401);
    assertThat(forwarded("/readyz", null)).isEqualTo(200);
    assertThat(lab.get("/metrics", null).body()).contains("heard_total");
    assertThat(forwarded("/metrics", null)).isEqualTo(401);
    assertThat(forwarded("/metrics", "vera")).isEqualTo(200);
  }

  private int forwarded(String path, @Nullable String who)
      throws IOException, InterruptedException {
    return lab.send(
            Lab.by(HttpRequest.newBuilder(lab.at(path)), who)
                .header("X-Forwarded-For", "192.0.2.7"))
        .statusCode();
  }

  @Test
  void the_store_that_fails_is_told_of_without_its_words() throws Exception {
    FakeAgent broken = FakeAgent.inMemory().with(Configured.STAFFED);
    try (Lab other = new Lab(broken, Limits.standard(), Pages.NONE)) {
      broken.store.close();
      HttpResponse<String> answer = other.get("/api/v1/runs", "vera");

      assertThat(answer.statusCode()).isIn(500, 503);
      assertThat(answer.body()).contains("log").doesNotContain("jdbc", "Exception");
    }
  }

  @Test
  void every_answer_forbids_what_pages_of_others_could_do_with_it() throws Exception {
    for (String path : List.of("/api/v1/runs", "/livez", "/login", "/nothing", "/api/none")) {
      HttpResponse<String> response = lab.get(path, "vera");
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
  }
}
