package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.cloud.ContractServer.Answer;
import io.byteport.adapter.cloud.ContractServer.Fault;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Authority;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.EnvironmentProxies;
import io.byteport.adapter.cloud.http.Limit;
import io.byteport.adapter.cloud.http.Problem;
import io.byteport.adapter.cloud.http.Reply;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
  private static final String SECRET = "s3cr3t-0123456789";
  private static final Answer FINE = Answer.of(200, "fine");
  private static final Authority TOKEN =
      (call, deadline) -> Map.of("Authorization", "Bearer " + SECRET);
  private static final Dialect WORDS = reply -> Problem.said(reply.text());

  private final ContractServer server = new ContractServer();
  private final List<Duration> pauses = new ArrayList<>();
  private final Transport transport =
      new Transport(new EnvironmentProxies(Map.of(), null), pauses::add, new Random(1));
  private Duration timeout = Duration.ofSeconds(60);

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private Address at(String path) {
    return Address.of(server.url()).at(path);
  }

  private Reply send(Call call) throws ActionException, InterruptedException {
    ActionContext context = new ActionContext(() -> Instant.EPOCH, timeout, "intent");
    return transport.send(call, TOKEN, WORDS, Deadline.of(context));
  }

  private ActionException failure(Call call) {
    return catchThrowableOfType(ActionException.class, () -> send(call));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void a_read_is_sent_again_after_what_passes(int status) throws Exception {
    server.on("GET", "/a", Answer.of(status, "wait"), Answer.of(status, "wait"), FINE);
    assertThat(send(Call.get(at("a"))).text()).isEqualTo("fine");
    assertThat(pauses).hasSize(2).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) < 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CUT", "HALF"})
  void a_read_is_sent_again_after_a_connection_that_was_cut(Fault fault) throws Exception {
    server.on("GET", "/a", FINE.failing(fault), FINE);
    assertThat(send(Call.get(at("a"))).text()).isEqualTo("fine");
  }

  @Test
  void a_read_is_not_sent_for_ever() {
    server.on("GET", "/a", Answer.of(503, "down"));
    ActionException failure = failure(Call.get(at("a")));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
    assertThat(failure.reason()).startsWith("down [503]");
    assertThat(server.seen()).hasSize(5);
  }

  @Test
  void what_is_wrong_with_a_read_is_said_once() {
    server.on("GET", "/a", Answer.of(404, "no such thing"));
    assertThat(failure(Call.get(at("a"))).kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void a_write_without_a_token_is_sent_once_and_its_effect_is_unknown_after_a_5xx() {
    server.on("POST", "/a", Answer.of(502, "bad gateway"), FINE);
    ActionException failure = failure(Call.write("POST", at("a")).json("{}"));
    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    assertThat(server.seen()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CUT", "HALF"})
  void a_write_whose_answer_never_came_has_an_unknown_effect(Fault fault) {
    server.on("POST", "/a", FINE.failing(fault));
    ActionException failure = failure(Call.write("POST", at("a")).json("{}"));
    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void a_write_that_was_refused_changed_nothing() {
    server.on("POST", "/a", Answer.of(422, "no"));
    ActionException failure = failure(Call.write("POST", at("a")).json("{}"));
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
  }

  @Test
  void a_write_that_came_too_often_changed_nothing_and_says_when_to_come_back() {
    server.on("POST", "/a", Answer.of(429, "slow down").with("Retry-After", "30"));
    ActionException failure = failure(Call.write("POST", at("a")).json("{}"));
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
    assertThat(failure.reason()).contains("slow down").contains("try again in 30s");
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void a_write_with_a_token_is_sent_again_with_the_same_body() throws Exception {
    server.on("POST", "/a", FINE.failing(Fault.CUT), Answer.of(503, ""), FINE);
    assertThat(send(Call.write("POST", at("a")).json("{\"token\":1}").withToken()).text())
        .isEqualTo("fine");
    assertThat(server.seen()).hasSize(3).extracting("body").containsOnly("{\"token\":1}");
  }

  @Test
  void a_refusal_after_doubt_leaves_the_doubt() {
    server.on("POST", "/a", FINE.failing(Fault.CUT), Answer.of(409, "exists"));
    ActionException failure = failure(Call.write("POST", at("a")).json("{}").withToken());
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
  }

  @Test
  void nobody_there_means_that_nothing_was_sent() {
    Address nobody = Address.of("http://127.0.0.1:1");
    ActionException failure = failure(Call.write("POST", nobody.at("a")).json("{}"));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
  }

  @Test
  void a_slow_answer_is_a_timeout() {
    timeout = Duration.ofMillis(300);
    server.on("POST", "/a", FINE.failing(Fault.SILENT));
    ActionException failure = failure(Call.write("POST", at("a")).json("{}"));
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
  }

  @Test
  void retry_after_is_waited_for_where_there_is_time() throws Exception {
    server.on(
        "GET",
        "/a",
        Answer.of(429, "").with("Retry-After", "7"),
        Answer.of(503, "").with("Retry-After", "Thu, 01 Jan 1970 00:00:09 GMT"),
        Answer.of(403, "").with("X-RateLimit-Remaining", "0").with("X-RateLimit-Reset", "11"),
        FINE);
    send(Call.get(at("a")));
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(9), Duration.ofSeconds(11));
  }

  @Test
  void who_asks_for_more_time_than_there_is_gets_none() {
    server.on("GET", "/a", Answer.of(429, "later").with("Retry-After", "3600"));
    ActionException failure = failure(Call.get(at("a")));
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.reason()).contains("try again in 3600s");
    assertThat(pauses).isEmpty();
  }

  @Test
  void an_answer_that_is_too_long_is_a_failure_and_is_not_asked_for_again() {
    server.on("GET", "/a", Answer.of(200, "x".repeat(100_000)));
    ActionException failure = failure(Call.get(at("a")).limitedTo(new Limit(1_000, false)));
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.reason()).contains("longer than 1000 bytes");
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void of_a_text_the_end_is_kept() throws Exception {
    server.on("GET", "/a", Answer.of(200, "x".repeat(5_000_000) + "the end"));
    assertThat(send(Call.get(at("a")).limitedTo(Limit.end(20))).text())
        .isEqualTo("x".repeat(13) + "the end");
  }

  @Test
  void credentials_never_follow_a_redirect_to_another_host() throws Exception {
    try (ContractServer other = new ContractServer()) {
      other.on("GET", "/signed", FINE);
      server.on("GET", "/a", Answer.of(302, "").with("Location", other.url() + "/signed"));
      assertThat(send(Call.get(at("a")).followedElsewhere()).text()).isEqualTo("fine");
      assertThat(server.seen().get(0).header("authorization")).contains(SECRET);
      assertThat(other.seen().get(0).headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void a_redirect_to_another_host_is_refused_where_none_was_expected() {
    server.on("GET", "/a", Answer.of(302, "").with("Location", "http://169.254.169.254/token"));
    ActionException failure = failure(Call.get(at("a")));
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.reason()).contains("169.254.169.254");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "gopher://x/", "//", "http://a:b@c/", "%%%"})
  void a_redirect_to_what_is_no_web_address_is_refused(String location) {
    server.on("GET", "/a", Answer.of(302, "").with("Location", location));
    assertThat(failure(Call.get(at("a")).followedElsewhere()).kind())
        .isEqualTo(FailureKind.REFUSED);
  }

  @Test
  void a_redirect_on_the_same_host_keeps_the_credentials_and_ends() throws Exception {
    server.on("GET", "/a", Answer.of(301, "").with("Location", "/b")).on("GET", "/b", FINE);
    assertThat(send(Call.get(at("a"))).text()).isEqualTo("fine");
    assertThat(server.seen().get(1).header("authorization")).contains(SECRET);
    server.on("GET", "/loop", Answer.of(301, "").with("Location", "/loop"));
    assertThat(failure(Call.get(at("loop"))).kind()).isEqualTo(FailureKind.REFUSED);
  }

  @Test
  void a_write_does_not_follow_a_redirect_and_was_not_done_here() {
    server.on("POST", "/a", Answer.of(307, "").with("Location", "/b")).on("POST", "/b", FINE);
    ActionException failure = failure(Call.write("POST", at("a")).json("{}"));
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void a_secret_that_the_server_repeats_is_not_in_the_message() {
    server.on("GET", "/a", Answer.of(401, "bad token " + SECRET + " (Bearer " + SECRET + ")"));
    assertThat(failure(Call.get(at("a"))).reason()).doesNotContain(SECRET).contains("***");
  }

  @Test
  void control_characters_of_the_server_are_not_in_the_message_and_it_is_short() {
    server.on("GET", "/a", Answer.of(400, "\u001b[31mred\u0000\u202e" + "y".repeat(1_000_000)));
    assertThat(failure(Call.get(at("a"))).reason())
        .startsWith("[31mredyyy")
        .hasSizeLessThan(2_200)
        .doesNotContain("\u001b", "\u0000", "\u202e");
  }
}
