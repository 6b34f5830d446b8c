package io.byteport.adapter.notify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Receiver;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.engine.channel.ChannelException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-05T12:00:00Z"));

  private final Receiver receiver = new Receiver();
  private final Transport transport = new Transport(CLOCK);

  @AfterEach
  void close() {
    transport.close();
    receiver.close();
  }

  private ChannelException refused(Request request) {
    return catchThrowableOfType(
        ChannelException.class, () -> transport.send(request, Answer::text));
  }

  private Request request() {
    return Request.post(URI.create(receiver.address() + "/hooks/T0/secret-path"), "{}");
  }

  @Test
  void a_429_is_tried_later_after_what_it_asks_for() {
    receiver.next(Reply.of(429, "slow down").with("Retry-After", "17"));
    ChannelException refused = refused(request());
    assertThat(refused.isPermanent()).isFalse();
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(17));
    assertThat(refused).hasMessage("slow down [429] (POST to 127.0.0.1)");
  }

  @Test
  void a_date_in_retry_after_is_counted_from_the_clock() {
    receiver.next(Reply.of(503, "").with("Retry-After", "Mon, 05 Jan 2026 12:02:00 GMT"));
    ChannelException refused = refused(request());
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(refused).hasMessage("the server answered 503 (POST to 127.0.0.1)");
  }

  @Test
  void an_exhausted_rate_limit_says_when_to_come_back() {
    receiver.next(
        Reply.of(403, "limit")
            .with("X-RateLimit-Remaining", "0")
            .with("X-RateLimit-Reset", Long.toString(CLOCK.instant().getEpochSecond() + 60)));
    ChannelException refused = refused(request());
    assertThat(refused.isPermanent()).isFalse();
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void nobody_is_made_to_wait_longer_than_a_day() {
    receiver.next(Reply.of(429, "").with("Retry-After", "999999999"));
    assertThat(refused(request()).retryAfter()).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource({"400,true", "401,true", "403,true", "404,true", "410,true", "422,true"})
  void what_the_client_did_wrong_is_never_tried_again(int status, boolean permanent) {
    receiver.next(Reply.of(status, "invalid_payload"));
    ChannelException refused = refused(request());
    assertThat(refused.isPermanent()).isEqualTo(permanent);
    assertThat(refused).hasMessage("invalid_payload [" + status + "] (POST to 127.0.0.1)");
  }

  @ParameterizedTest
  @CsvSource({"408", "425", "429", "500", "502", "503", "504"})
  void what_may_pass_is_tried_later(int status) {
    receiver.next(Reply.of(status, "busy"));
    ChannelException refused = refused(request());
    assertThat(refused.isPermanent()).isFalse();
    assertThat(refused.retryAfter()).isNull();
    assertThat(refused).hasMessageStartingWith("busy [" + status + "]");
  }

  @Test
  void a_redirect_is_not_followed_and_its_path_not_told() {
    try (Receiver other = new Receiver()) {
      receiver.next(Reply.of(302, "").with("Location", other.address() + "/stolen"));
      ChannelException refused = refused(request());
      assertThat(refused.isPermanent()).isTrue();
      assertThat(refused)
          .hasMessage("refusing to follow a redirect to http://127.0.0.1 (POST to 127.0.0.1)");
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void a_broken_connection_is_tried_later() {
    receiver.next(Reply.BROKEN);
    ChannelException refused = refused(request());
    assertThat(refused.isPermanent()).isFalse();
    assertThat(refused.getMessage()).endsWith("(POST to 127.0.0.1)");
  }

  @Test
  void nobody_there_is_tried_later() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ChannelException refused =
        refused(Request.post(URI.create("http://127.0.0.1:" + port + "/"), "{}"));
    assertThat(refused.isPermanent()).isFalse();
    assertThat(refused.getMessage()).contains("127.0.0.1");
  }

  @Test
  void an_answer_that_never_comes_is_tried_later() {
    receiver.next(Reply.SILENT);
    try (Transport hasty = new Transport(CLOCK, Duration.ofMillis(300), 1000)) {
      ChannelException refused =
          catchThrowableOfType(ChannelException.class, () -> hasty.send(request(), Answer::text));
      assertThat(refused.isPermanent()).isFalse();
      assertThat(refused.getMessage()).startsWith("no answer within");
    }
  }

  @Test
  void an_endless_answer_is_read_up_to_the_limit() throws Exception {
    receiver.next(Reply.of(200, "x".repeat(5_000_000)));
    try (Transport small = new Transport(CLOCK, Duration.ofSeconds(60), 1000)) {
      assertThat(small.exchange(request()).text()).hasSize(1000);
    }
  }

  @Test
  void what_nobody_may_see_is_not_in_a_message() {
    receiver.next(Reply.of(403, "the token sesame-open at /hooks/T0/secret-path is revoked"));
    Request request =
        request()
            .header("Authorization", "Bearer sesame-open", "sesame-open")
            .hiding("/hooks/T0/secret-path");
    assertThat(refused(request))
        .hasMessage("the token *** at *** is revoked [403] (POST to 127.0.0.1)");
  }

  @Test
  void a_message_is_one_line_and_not_endless() {
    receiver.next(Reply.of(500, "<html>\n\n<h1>oops</h1>\u0007" + "y".repeat(10_000)));
    String message = refused(request()).getMessage();
    assertThat(message).startsWith("<html> <h1>oops</h1>yyy").hasSizeLessThan(600);
  }

  @Test
  void one_send_is_one_try() {
    receiver.answers(asked -> Reply.of(500, "no"));
    assertThat(refused(request()).isPermanent()).isFalse();
    assertThat(receiver.asked()).hasSize(1);
  }
}
