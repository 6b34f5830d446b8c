package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.cloud.ContractServer.Answer;
import io.byteport.adapter.cloud.ContractServer.Fault;
import io.byteport.adapter.cloud.ContractServer.Seen;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenderTest {
  private static final String SERVICE = "srv-cukouhrtq21c73e9scng";
  private static final String DEPLOYS = "/services/" + SERVICE + "/deploys";
  private static final String GOOD = "abc1234abc1234abc1234abc1234abc1234abc12";
  private static final String BAD = "d3adb33fd3adb33fd3adb33fd3adb33fd3adb33f";

  private final Rig rig = Rig.of(Rig.withToken("render", Map.of()));

  @AfterEach
  void close() {
    rig.close();
  }

  private static String deploy(String id, String sha, String status, String trigger, String at) {
    return """
    {"deploy":{"id":"%s","commit":{"id":"%s","message":"Fix \\"it\\"","createdAt":"%s"},
     "status":"%s","trigger":"%s","createdAt":"%s","updatedAt":"%s","finishedAt":null},
     "cursor":"c"}\
    """
        .formatted(id, sha, at, status, trigger, at, at);
  }

  private void deploys(String... items) {
    rig.server.on("GET", DEPLOYS, Answer.of(200, "[" + String.join(",", items) + "]"));
  }

  private void live(String sha) {
    rig.server.on(
        "GET",
        DEPLOYS,
        "status=live",
        "[" + deploy("dep-1", sha, "live", "new_commit", "2026-11-22T05:00:00Z") + "]");
  }

  @Test
  void the_last_deploy_is_the_one_that_is_live() throws Exception {
    live(GOOD);
    StructValue deploy = rig.read("render.lastDeploy", "service", SERVICE);
    assertThat(deploy.get("sha")).isEqualTo(Value.of(GOOD));
    assertThat(deploy.get("at")).isEqualTo(Value.of(Instant.parse("2026-11-22T05:00:00Z")));
    Seen seen = rig.server.seen().get(0);
    assertThat(seen.query()).containsEntry("limit", "1").containsEntry("status", "live");
    assertThat(seen.header("authorization")).isEqualTo("Bearer " + Rig.TOKEN);
  }

  @Test
  void a_service_that_was_never_live_has_no_last_deploy() throws Exception {
    deploys();
    assertThat(rig.find("render.lastDeploy", "service", SERVICE)).isNull();
  }

  @Test
  void the_last_good_deploy_is_the_newest_that_went_live_before_the_newest() throws Exception {
    deploys(
        deploy("dep-3", BAD, "update_failed", "new_commit", "2026-11-22T05:50:00Z"),
        deploy("dep-2", "eee1234", "build_failed", "new_commit", "2026-11-22T05:40:00Z"),
        deploy("dep-1", GOOD, "live", "new_commit", "2026-11-22T05:00:00Z"));
    StructValue answer = rig.read("render.deploys", "service", SERVICE);
    assertThat(((ListValue) answer.get("items")).items()).hasSize(3);
    assertThat(((StructValue) answer.get("lastGood")).get("sha")).isEqualTo(Value.of(GOOD));
  }

  @Test
  void a_commit_is_deployed_once_without_clearing_the_cache() throws Exception {
    live(BAD);
    deploys();
    Rig.Change deploy = rig.change("render.deploy", "service", SERVICE, "sha", GOOD).prepared();
    rig.server.on("POST", DEPLOYS, Answer.of(201, "{\"id\":\"dep-9\",\"status\":\"created\"}"));
    StructValue made = deploy.made();
    assertThat(made.get("deployId")).isEqualTo(Value.of("dep-9"));
    assertThat(rig.server.seen("POST"))
        .singleElement()
        .satisfies(
            seen ->
                assertThat(seen.body())
                    .isEqualTo("{\"commitId\":\"" + GOOD + "\",\"clearCache\":\"do_not_clear\"}"));
  }

  @Test
  void a_deploy_whose_answer_never_came_is_found_by_its_trigger_and_time() throws Exception {
    live(BAD);
    deploys(deploy("dep-0", GOOD, "deactivated", "api", "2026-11-22T05:00:00Z"));
    Rig.Change deploy = rig.change("render.deploy", "service", SERVICE, "sha", GOOD).prepared();
    rig.server.on("POST", DEPLOYS, Answer.of(201, "").failing(Fault.CUT));
    ActionException failure = catchThrowableOfType(ActionException.class, deploy::made);
    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    assertThat(deploy.probed()).isEqualTo(Action.Probe.UNKNOWN);
    deploys(deploy("dep-9", GOOD, "build_in_progress", "manual", "2026-11-22T06:00:03Z"));
    assertThat(deploy.probed()).isEqualTo(Action.Probe.UNKNOWN);
    deploys(deploy("dep-9", GOOD, "build_in_progress", "api", "2026-11-22T06:00:03Z"));
    assertThat(deploy.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(deploy.settled()).isFalse();
    deploys(deploy("dep-9", GOOD, "live", "api", "2026-11-22T06:00:03Z"));
    assertThat(deploy.settled()).isTrue();
    deploys(deploy("dep-9", GOOD, "build_failed", "api", "2026-11-22T06:00:03Z"));
    assertThat(catchThrowableOfType(ActionException.class, deploy::settled).reason())
        .contains("dep-9")
        .contains("BUILD_FAILED");
  }

  @Test
  void a_restart_ships_nothing_new() throws Exception {
    live(GOOD);
    Rig.Change restart = rig.change("render.restart", "service", SERVICE).prepared();
    rig.server.on("POST", DEPLOYS, Answer.of(202, ""));
    assertThat(restart.made().get("sha")).isEqualTo(Value.of(GOOD));
    assertThat(rig.server.seen("POST").get(0).body()).contains(GOOD);
    live(BAD);
    ActionException failure = catchThrowableOfType(ActionException.class, restart::made);
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(rig.server.seen("POST")).hasSize(1);
  }

  private static String series(String instance, String unit, double... values) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      points
          .append(i == 0 ? "" : ",")
          .append("{\"timestamp\":\"2026-11-22T05:5%d:00Z\",\"value\":%s}".formatted(i, values[i]));
    }
    return "{\"labels\":[{\"field\":\"instance\",\"value\":\"%s\"}],\"unit\":\"%s\",\"values\":[%s]}"
        .formatted(instance, unit, points);
  }

  @Test
  void memory_is_that_of_the_fullest_instance_now() throws Exception {
    rig.server
        .on(
            "GET",
            "/metrics/memory",
            Answer.of(
                200,
                "["
                    + series("i-a", "bytes", 400_000_000, 100_000_000)
                    + ","
                    + series("i-b", "bytes", 100_000_000, 480_000_000)
                    + "]"))
        .on(
            "GET",
            "/metrics/memory-limit",
            Answer.of(200, "[" + series("i-a", "MB", 500) + "," + series("i-b", "MB", 500) + "]"));
    StructValue memory = rig.read("render.memory", "service", SERVICE);
    assertThat(memory.get("usedPercent")).isEqualTo(Value.of(new Percent(96)));
    assertThat(memory.get("total")).isEqualTo(Value.of(new DataSize(500_000_000)));
    StructValue first = (StructValue) ((ListValue) memory.get("users")).items().get(0);
    assertThat(first.get("name")).isEqualTo(Value.of("i-b"));
    assertThat(rig.server.seen().get(0).query())
        .containsEntry("resource", SERVICE)
        .containsEntry("endTime", "2026-11-22T06:00:00Z");
  }

  @Test
  void a_unit_that_nobody_knows_is_not_guessed() {
    rig.server.on("GET", "/metrics/memory", Answer.of(200, "[" + series("i", "furlongs", 1) + "]"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class, () -> rig.read("render.memory", "service", SERVICE));
    assertThat(failure.reason()).contains("furlongs");
  }

  @Test
  void a_service_that_the_connection_does_not_list_is_refused() {
    try (Rig narrow =
        Rig.of(Rig.withToken("render", Map.of("services", "srv-another0000000000")))) {
      ActionException failure =
          catchThrowableOfType(
              ActionException.class, () -> narrow.read("render.lastDeploy", "service", SERVICE));
      assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
      assertThat(narrow.server.seen()).isEmpty();
    }
  }

  @Test
  void the_words_of_render_are_kept() {
    rig.server.on("GET", DEPLOYS, Answer.of(401, "{\"id\":\"x\",\"message\":\"Unauthorized\"}"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class, () -> rig.read("render.lastDeploy", "service", SERVICE));
    assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
    assertThat(failure.reason()).startsWith("Unauthorized [401]");
  }
}
