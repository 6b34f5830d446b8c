package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.cloud.ContractServer.Answer;
import io.byteport.adapter.cloud.ContractServer.Fault;
import io.byteport.adapter.cloud.ContractServer.Seen;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostTest {
  private final Rig rig =
      Rig.of(
          Rig.entry("http", "hooks", Map.of(), Map.of("token", Rig.TOKEN)),
          Rig.entry("http", "basic", Map.of(), Map.of("username", "u", "password", "p")));

  @AfterEach
  void close() {
    rig.close();
  }

  private Rig.Change post(String path, Object... more) throws Exception {
    Object[] with = new Object[more.length + 2];
    with[0] = "url";
    with[1] = rig.server.url() + path;
    System.arraycopy(more, 0, with, 2, more.length);
    return rig.change("http.post", with).prepared();
  }

  @Test
  void json_is_sent_as_values_and_with_the_intent() throws Exception {
    rig.server.on("POST", "/scale", Answer.of(202, ""));
    rig.intent = "run 1/step\n2";
    Value json =
        Rig.struct(
            "replicas",
            6,
            "ratio",
            Value.of(0.25),
            "text",
            "a\"b\n\u0000",
            "none",
            null,
            "size",
            new DataSize(1024),
            "for",
            Duration.ofSeconds(90),
            "list",
            List.of("x", true));
    assertThat(post("/scale?mode=fast", "json", json).made().get("status"))
        .isEqualTo(Value.of(202.0));
    Seen seen = rig.server.seen().get(0);
    assertThat(seen.body())
        .isEqualTo(
            "{\"replicas\":6,\"ratio\":0.25,\"text\":\"a\\\"b\\n"
                + "\\u0000\",\"none\":null,\"size\":1024,\"for\":90,\"list\":[\"x\",true]}");
    assertThat(seen.header("content-type")).isEqualTo("application/json");
    assertThat(seen.header("idempotency-key")).isEqualTo("run-1/step-2");
    assertThat(seen.query()).containsEntry("mode", "fast");
    assertThat(seen.headers()).doesNotContainKey("authorization");
  }

  @Test
  void credentials_go_along_where_a_connection_is_named() throws Exception {
    rig.server.on("POST", "/a/b", Answer.of(200, ""));
    post("/a/b", "connection", "hooks").made();
    post("/a/b", "connection", "basic").made();
    assertThat(rig.server.seen())
        .extracting(seen -> seen.header("authorization"))
        .containsExactly("Bearer " + Rig.TOKEN, "Basic dTpw");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com/a",
        "http://127.0.0.1:1/a",
        "http://user@127.0.0.1/a",
        "ftp://127.0.0.1/",
        "not an address",
        "http:///a",
        "http://127.0.0.1/#x"
      })
  void credentials_never_leave_the_connection_s_own_place(String url) {
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> rig.change("http.post", "url", url, "connection", "hooks").prepared());
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
    assertThat(rig.server.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hooks/../admin", "/hooks/%2e%2e/admin", "/hooksters", "/"})
  void a_path_does_not_climb_out_of_the_connection(String path) {
    try (Rig narrow = Rig.of(Rig.entry("http", "h", Map.of(), Map.of("token", Rig.TOKEN)))) {
      // The address of the connection is a folder of the server.
      Rig inner =
          Rig.of(
              Rig.entry(
                  "http",
                  "hooks",
                  Map.of("address", narrow.server.url() + "/hooks"),
                  Map.of("token", Rig.TOKEN)));
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () ->
                  inner
                      .change("http.post", "url", narrow.server.url() + path, "connection", "hooks")
                      .prepared());
      inner.close();
      assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
    }
  }

  @Test
  void an_answer_that_never_came_asks_a_human() throws Exception {
    rig.server.on("POST", "/scale", Answer.of(200, "").failing(Fault.CUT));
    Rig.Change post = post("/scale");
    ActionException failure = catchThrowableOfType(ActionException.class, post::made);
    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    assertThat(post.probed()).isEqualTo(Action.Probe.UNKNOWN);
    assertThat(rig.server.seen()).hasSize(1);
  }

  @Test
  void a_refusal_carries_the_words_of_the_other_side() throws Exception {
    rig.server.on("POST", "/scale", Answer.of(422, "replicas must be below 5"));
    ActionException failure = catchThrowableOfType(ActionException.class, post("/scale")::made);
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
    assertThat(failure.reason()).startsWith("replicas must be below 5 [422]");
  }
}
