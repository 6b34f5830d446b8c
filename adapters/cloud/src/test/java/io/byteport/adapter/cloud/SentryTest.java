package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.cloud.ContractServer.Answer;
import io.byteport.adapter.cloud.ContractServer.Seen;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SentryTest {
  private static final String ORGANIZATION = "/api/0/organizations/myorg/";
  private static final String ISSUE =
      """
      {"id":"1170820242","shortId":"BACKEND-API-1A","title":"OperationalError: too many clients",
       "permalink":"https://myorg.sentry.io/issues/1170820242/","level":"error","count":"142",
       "userCount":37,"firstSeen":"2026-11-20T10:00:00.000000Z","lastSeen":"2026-11-22T05:59:58Z",
       "substatus":"regressed","project":{"id":"2","slug":"backend-api"}}\
      """;

  private final Rig rig = Rig.of(Rig.withToken("sentry", Map.of("organization", "myorg")));

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void an_issue_is_read_by_its_id() throws Exception {
    rig.server.on("GET", ORGANIZATION + "issues/1170820242/", Answer.of(200, ISSUE));
    StructValue issue = rig.read("sentry.issue", "project", "backend-api", "issue", "1170820242");
    assertThat(issue.get("shortId")).isEqualTo(Value.of("BACKEND-API-1A"));
    assertThat(issue.get("events")).isEqualTo(Value.of(142.0));
    assertThat(issue.get("users")).isEqualTo(Value.of(37.0));
    assertThat(issue.get("regression")).isEqualTo(Value.of(true));
    assertThat(issue.get("firstSeen")).isEqualTo(Value.of(Instant.parse("2026-11-20T10:00:00Z")));
    assertThat(rig.server.seen().get(0).header("authorization")).isEqualTo("Bearer " + Rig.TOKEN);
  }

  @Test
  void without_an_id_it_is_the_one_with_most_events_in_the_window() throws Exception {
    rig.server.on("GET", ORGANIZATION + "issues/", Answer.of(200, "[" + ISSUE + "]"));
    rig.read("sentry.issue", "project", "backend-api", "window", Duration.ofMinutes(10));
    assertThat(rig.server.seen().get(0).query())
        .containsEntry("query", "project:backend-api")
        .containsEntry("sort", "freq")
        .containsEntry("limit", "1")
        .containsEntry("start", "2026-11-22T05:50:00Z")
        .containsEntry("end", "2026-11-22T06:00:00Z");
  }

  @Test
  void an_issue_of_another_project_is_not_one_of_this() {
    rig.server.on("GET", ORGANIZATION + "issues/1170820242/", Answer.of(200, ISSUE));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> rig.read("sentry.issue", "project", "other", "issue", "1170820242"));
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
  }

  @Test
  void an_event_is_told_from_its_innermost_exception_on_and_the_raising_frame_first()
      throws Exception {
    rig.server.on(
        "GET",
        ORGANIZATION + "issues/1170820242/events/latest/",
        Answer.of(
            200,
            """
            {"id":"e","title":"t","tags":[{"key":"database","value":"appdb"}],
             "release":{"version":"api@1.4.2"},
             "entries":[{"type":"breadcrumbs","data":{}},{"type":"exception","data":{"values":[
               {"type":"OperationalError","value":"FATAL: too many clients","stacktrace":{"frames":[
                  {"function":"main","filename":"app.py","lineNo":3},
                  {"function":"connect","filename":"db.py","lineNo":77}]}},
               {"type":"HTTPError","value":"500","stacktrace":null}]}}]}\
            """));
    StructValue event = rig.read("sentry.latestEvent", "issue", "1170820242");
    assertThat(event.get("text"))
        .isEqualTo(
            Value.of(
                """
                OperationalError: FATAL: too many clients
                  at connect (db.py:77)
                  at main (app.py:3)
                HTTPError: 500
                """));
    assertThat(event.get("release")).isEqualTo(Value.of("api@1.4.2"));
    assertThat(((StructValue) event.get("tags")).get("database")).isEqualTo(Value.of("appdb"));
  }

  @Test
  void a_stack_of_a_megabyte_is_cut() throws Exception {
    rig.server.on(
        "GET",
        ORGANIZATION + "issues/1/events/latest/",
        Answer.of(
            200,
            "{\"entries\":[{\"type\":\"exception\",\"data\":{\"values\":[{\"type\":\"E\",\"value\":\""
                + "x".repeat(1_000_000)
                + "\"}]}}]}"));
    StructValue event = rig.read("sentry.latestEvent", "issue", "1");
    assertThat(((TextValue) event.get("text")).value()).hasSize(64 * 1024);
  }

  @Test
  void the_rate_is_that_of_the_window_against_the_day_before_it() throws Exception {
    rig.server
        .on(
            "GET",
            ORGANIZATION + "events-stats/",
            "interval=1m",
            "{\"data\":[[1,[{\"count\":30}]],[2,[{\"count\":20}]],[3,[]]]}")
        .on(
            "GET",
            ORGANIZATION + "events-stats/",
            "interval=1h",
            "{\"data\":[[1,[{\"count\":1440}]]]}");
    StructValue rate = rig.read("sentry.eventRate", "issue", "1170820242");
    assertThat(rate.get("count")).isEqualTo(Value.of(50.0));
    assertThat(rate.get("perMinute")).isEqualTo(Value.of(10.0));
    assertThat(rate.get("baselinePerMinute")).isEqualTo(Value.of(1.0));
    Seen window = rig.server.seen().get(0);
    assertThat(window.query())
        .containsEntry("query", "issue.id:1170820242")
        .containsEntry("yAxis", "count()")
        .containsEntry("start", "2026-11-22T05:55:00Z");
    assertThat(rig.server.seen().get(1).query())
        .containsEntry("start", "2026-11-21T05:55:00Z")
        .containsEntry("end", "2026-11-22T05:55:00Z");
  }

  @Test
  void the_last_deploy_is_the_newest_of_the_project_s_releases() throws Exception {
    rig.server
        .on("GET", "/api/0/projects/myorg/backend-api/", Answer.of(200, "{\"id\":\"2\"}"))
        .on(
            "GET",
            ORGANIZATION + "releases/",
            Answer.of(
                200,
                """
                [{"version":"api@1.5.0","lastDeploy":null},
                 {"version":"api@a3f9c12","lastCommit":null,
                  "lastDeploy":{"dateFinished":"2026-11-22T05:42:00Z","url":null}},
                 {"version":"api@1.4.1","lastCommit":{"id":"ffff000"},
                  "lastDeploy":{"dateFinished":"2026-11-21T05:42:00Z"}}]\
                """));
    StructValue deploy = rig.read("sentry.lastDeploy", "project", "backend-api");
    assertThat(deploy.get("sha")).isEqualTo(Value.of("a3f9c12"));
    assertThat(deploy.get("at")).isEqualTo(Value.of(Instant.parse("2026-11-22T05:42:00Z")));
    assertThat(rig.server.seen().get(1).query()).containsEntry("project", "2");
  }

  @Test
  void the_words_of_sentry_are_kept_and_its_rate_limit_is_waited_for() {
    rig.server.on(
        "GET",
        ORGANIZATION + "issues/1/",
        Answer.of(429, "{\"detail\":\"You are attempting to use this endpoint too frequently.\"}")
            .with("X-Sentry-Rate-Limit-Remaining", "0")
            .with("X-Sentry-Rate-Limit-Reset", Long.toString(Rig.NOW.getEpochSecond() + 4)),
        Answer.of(404, "{\"detail\":\"The requested resource does not exist\"}"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> rig.read("sentry.issue", "project", "backend-api", "issue", "1"));
    assertThat(rig.pauses).containsExactly(Duration.ofSeconds(4));
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure.reason()).startsWith("The requested resource does not exist [404]");
  }
}
