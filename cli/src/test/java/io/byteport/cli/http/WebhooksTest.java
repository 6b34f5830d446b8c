package io.byteport.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.http.HttpLimits.Rate;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.SourceException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What sources send is taken where it is theirs, and turned away and counted where it is not. */
class WebhooksTest {
  private static final String HOOK = "/webhooks/lab";
  private static final String BODY = "{\"alert\":\"full\",\"note\":\"hunter2\"}";
  private static final Alert ALERT =
      new Alert(
          "box_full",
          "Box is full",
          Signal.Severity.HIGH,
          Signal.Status.FIRING,
          Map.of(),
          FakeAgent.NOON,
          null,
          "f1",
          null);

  /** Judges as sources do that sign with a secret and a time. */
  private static Received judged(Delivered delivered, Set<String> seen) {
    String signature = delivered.header("X-Lab-Signature").orElse("");
    if (signature.isEmpty()) {
      return new Received.Refused(Refusal.UNSIGNED, "no header X-Lab-Signature");
    }
    if (!signature.equals(signed(delivered.body()))) {
      return new Received.Refused(Refusal.FORGED, "wrong signature");
    }
    if (!seen.add(signature)) {
      return new Received.Refused(Refusal.REPLAYED, "seen before");
    }
    return new String(delivered.body(), StandardCharsets.UTF_8).startsWith("{")
        ? new Received.Accepted(List.of(ALERT))
        : new Received.Refused(Refusal.MALFORMED, "secret reason with hunter2");
  }

  private static String signed(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("lab-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Lab judging(Limits limits) throws ListenException {
    Lab lab = Lab.of(Configured.STAFFED, limits);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    lab.agent.receiver = delivered -> judged(delivered, seen);
    return lab;
  }

  private static HttpResponse<String> send(Lab lab, String body, String signature)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(lab.at(HOOK))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return lab.send(signature.isEmpty() ? request : request.header("X-Lab-Signature", signature));
  }

  private static String signature(String body) {
    return signed(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Limits small() {
    return Limits.standard().body(2000);
  }

  @Test
  void what_is_genuine_is_taken_once() throws Exception {
    try (Lab lab = judging(Limits.standard())) {
      HttpResponse<String> first = send(lab, BODY, signature(BODY));
      HttpResponse<String> again = send(lab, BODY, signature(BODY));

      assertThat(first.statusCode()).isEqualTo(202);
      assertThat(first.body()).isEqualTo("{\"accepted\":1}");
      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(lab.counts.of(Turned.REPLAYED)).isEqualTo(1);
      assertThat(lab.counts.of(HOOK + " 202")).isEqualTo(1);
    }
  }

  @Test
  void who_proves_nothing_or_something_wrong_is_told_no_more_than_that() throws Exception {
    try (Lab lab = judging(Limits.standard())) {
      HttpResponse<String> unsigned = send(lab, BODY, "");
      HttpResponse<String> forged = send(lab, BODY, signature("something else"));
      HttpResponse<String> malformed = send(lab, "no JSON", signature("no JSON"));

      assertThat(unsigned.statusCode()).isEqualTo(401);
      assertThat(forged.statusCode()).isEqualTo(403);
      assertThat(malformed.statusCode()).isEqualTo(400);
      for (HttpResponse<String> each : List.of(unsigned, forged, malformed)) {
        assertThat(each.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        assertThat(each.body()).doesNotContain("hunter2", "X-Lab-Signature", "secret");
      }
      assertThat(lab.counts.of(Turned.UNSIGNED)).isEqualTo(1);
      assertThat(lab.counts.of(Turned.FORGED)).isEqualTo(1);
      assertThat(lab.counts.of(Turned.MALFORMED)).isEqualTo(1);
    }
  }

  @Test
  void a_large_body_is_refused_however_it_comes() throws Exception {
    try (Lab lab = judging(small())) {
      String large = "x".repeat(3000);
      HttpResponse<String> known = send(lab, large, signature(large));
      HttpResponse<String> chunked =
          lab.send(
              HttpRequest.newBuilder(lab.at(HOOK))
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofInputStream(
                          () ->
                              new java.io.ByteArrayInputStream(
                                  large.getBytes(StandardCharsets.UTF_8)))));
      String lying =
          lab.raw(
              "POST "
                  + HOOK
                  + " HTTP/1.1\r\nHost: lab\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "7fffffff\r\nabc");

      assertThat(known.statusCode()).isEqualTo(413);
      assertThat(chunked.statusCode()).isEqualTo(413);
      assertThat(lying).startsWith("HTTP/1.1 413 ");
      assertThat(lab.counts.of(Turned.OVERSIZED)).isEqualTo(3);
      assertThat(lab.agent.heard).isEmpty();
      assertThat(send(lab, BODY, signature(BODY)).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void only_text_is_taken() throws Exception {
    try (Lab lab = judging(Limits.standard())) {
      for (String type : List.of("application/octet-stream", "image/png", "multipart/form-data")) {
        assertThat(typed(lab, type)).as(type).isEqualTo(415);
      }
      String packed =
          lab.raw(
              "POST "
                  + HOOK
                  + " HTTP/1.1\r\nHost: lab\r\nContent-Encoding: gzip\r\n"
                  + "Content-Length: 2\r\n\r\n{}");
      assertThat(packed).startsWith("HTTP/1.1 400 ");
      for (String type : List.of("application/cloudevents+json; charset=utf-8", "text/plain")) {
        assertThat(typed(lab, type)).as(type).isEqualTo(401);
      }
      assertThat(lab.counts.of(Turned.MEDIA_TYPE)).isGreaterThanOrEqualTo(3);
    }
  }

  private static int typed(Lab lab, String type) throws Exception {
    return lab.send(
            HttpRequest.newBuilder(lab.at(HOOK))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(BODY)))
        .statusCode();
  }

  @Test
  void a_source_that_cannot_judge_now_is_to_be_asked_again() throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED)) {
      lab.agent.receiver =
          delivered -> {
            throw new SourceException(
                "the key of /etc/hunter2 is gone", Duration.ofSeconds(7), null);
          };
      HttpResponse<String> later = lab.post(HOOK, null, BODY);

      assertThat(later.statusCode()).isEqualTo(503);
      assertThat(later.headers().firstValue("Retry-After")).contains("7");
      assertThat(later.body()).doesNotContain("hunter2");
      assertThat(lab.counts.of(Turned.UNAVAILABLE)).isEqualTo(1);
    }
  }

  @Test
  void a_bug_in_a_source_is_told_to_the_log_and_not_to_who_sent() throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED)) {
      lab.agent.receiver =
          delivered -> {
            throw new IllegalStateException("hunter2");
          };
      HttpResponse<String> broken = lab.post(HOOK, null, BODY);

      assertThat(broken.statusCode()).isEqualTo(500);
      assertThat(broken.body()).doesNotContain("hunter2").contains("log");
    }
  }

  @Test
  void what_is_no_request_is_turned_away_and_the_next_one_taken() throws Exception {
    try (Lab lab = judging(Limits.standard())) {
      List<String> nonsense =
          List.of(
              "\r\n\r\n\r\n",
              "GET\r\n\r\n",
              "POST " + HOOK + " HTTP/1.1\r\nHost: lab\r\nContent-Length: minus\r\n\r\n",
              "POST " + HOOK + " HTTP/1.1\r\nHost: lab\r\nContent-Length: -5\r\n\r\n",
              "POST " + HOOK + " HTTP/1.1\r\n\r\n{}",
              "POST " + HOOK + " HTTP/1.1\r\nHost: lab\r\nno colon\r\n\r\n",
              "POST " + HOOK + " HTTP/1.1\r\nHost: lab\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
              "POST " + HOOK + " HTTP/1.1\r\nHost: lab\r\nX: " + "y".repeat(100_000) + "\r\n\r\n",
              "POST /" + "z".repeat(100_000) + " HTTP/1.1\r\nHost: lab\r\n\r\n",
              "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n");
      for (String each : nonsense) {
        String answer = lab.raw(each);
        if (!answer.isEmpty()) {
          assertThat(answer)
              .as(each.substring(0, Math.min(20, each.length())))
              .startsWith("HTTP/1.1 4");
        }
      }

      assertThat(lab.agent.heard).isEmpty();
      assertThat(lab.counts.of(Turned.MALFORMED)).isGreaterThanOrEqualTo(5);
      assertThat(send(lab, BODY, signature(BODY)).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void a_body_that_breaks_off_reaches_no_source() throws Exception {
    try (Lab lab = judging(Limits.standard())) {
      try (java.net.Socket socket = lab.connect()) {
        Lab.say(socket, "POST " + HOOK + " HTTP/1.1\r\nHost: lab\r\nContent-Length: 50\r\n\r\n{");
      }
      assertThat(send(lab, BODY, signature(BODY)).statusCode()).isEqualTo(202);
      assertThat(lab.agent.heard).hasSize(1);
    }
  }

  @Test
  void a_source_that_sends_too_fast_is_slowed_down_and_others_are_not() throws Exception {
    Limits slow = Limits.standard().perSource(new Rate(0.001, 3));
    try (Lab lab = Lab.of(Configured.STAFFED.hearing("/webhooks/a", "/webhooks/b"), slow)) {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        statuses.add(lab.post("/webhooks/a", null, BODY).statusCode());
      }
      HttpResponse<String> refused = lab.post("/webhooks/a", null, BODY);

      assertThat(statuses).containsExactly(202, 202, 202, 429, 429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1000");
      assertThat(lab.post("/webhooks/b", null, BODY).statusCode()).isEqualTo(202);
      assertThat(lab.counts.of(Turned.RATE_LIMITED)).isEqualTo(3);
      assertThat(lab.agent.heard).hasSize(4);
    }
  }

  @Test
  void a_thousand_at_the_same_time_are_all_answered() throws Exception {
    Limits wide = Limits.standard().perSource(new Rate(100_000, 100_000));
    try (Lab lab = Lab.of(Configured.STAFFED, wide)) {
      AtomicInteger most = new AtomicInteger();
      AtomicInteger inside = new AtomicInteger();
      lab.agent.receiver =
          delivered -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            return new Received.Accepted(List.of(ALERT));
          };
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        all.add(
            lab.client.sendAsync(
                HttpRequest.newBuilder(lab.at(HOOK))
                    .POST(BodyPublishers.ofString("{\"n\":" + i + "}"))
                    .build(),
                BodyHandlers.ofString()));
      }
      int taken = 0;
      for (CompletableFuture<HttpResponse<String>> each : all) {
        if (each.get(60, TimeUnit.SECONDS).statusCode() == 202) {
          taken++;
        }
      }
      assertThat(taken).isEqualTo(1000);
      assertThat(lab.agent.heard).hasSize(1000);
      assertThat(most.get()).isLessThanOrEqualTo(HttpLimits.STANDARD.webhooks());
    }
  }

  @Test
  void more_than_can_be_judged_at_once_are_asked_to_come_again() throws Exception {
    Limits narrow = Limits.standard().webhooks(1);
    try (Lab lab = Lab.of(Configured.STAFFED, narrow)) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      lab.agent.receiver =
          delivered -> {
            begun.countDown();
            goOn.await();
            return new Received.Accepted(List.of());
          };
      CompletableFuture<HttpResponse<String>> slow =
          lab.client.sendAsync(
              HttpRequest.newBuilder(lab.at(HOOK)).POST(BodyPublishers.ofString(BODY)).build(),
              BodyHandlers.ofString());
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      HttpResponse<String> second = lab.post(HOOK, null, BODY);
      goOn.countDown();

      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      assertThat(slow.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
      assertThat(lab.counts.of(Turned.BUSY)).isEqualTo(1);
    }
  }

  @Test
  void a_path_that_no_source_has_is_not_there_until_a_reload_names_it() throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED)) {
      assertThat(lab.post("/webhooks/new", null, BODY).statusCode()).isEqualTo(404);
      assertThat(lab.counts.of(Turned.UNKNOWN_PATH)).isEqualTo(1);

      lab.agent.with(Configured.STAFFED.hearing("/webhooks/new", "/deep/er/one"));

      assertThat(lab.post("/webhooks/new", null, BODY).statusCode()).isEqualTo(202);
      assertThat(lab.post("/deep/er/one", null, BODY).statusCode()).isEqualTo(202);
      assertThat(lab.post(HOOK, null, BODY).statusCode()).isEqualTo(404);
      assertThat(lab.get("/webhooks/new", "vera").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_head_that_never_ends_is_hung_up_on() throws Exception {
    Limits hasty = Limits.standard().head(Duration.ofMillis(300));
    try (Lab lab = judging(hasty);
        java.net.Socket silent = lab.connect();
        java.net.Socket dripping = lab.connect()) {
      Lab.say(silent, "POST " + HOOK + " HTTP/1.1\r\nHost: lab\r\n");
      String answer = drip(dripping, "POST " + HOOK + " HTTP/1.1\r\nHost: lab\r\nX: ");

      assertThat(answer).isEmpty();
      assertThat(Lab.rest(silent)).isEmpty();
      lab.counts.await(Turned.TOO_SLOW, 2);
      assertThat(send(lab, BODY, signature(BODY)).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void a_body_that_never_ends_is_hung_up_on() throws Exception {
    Limits hasty = Limits.standard().body(2_000_000).bodyWithin(Duration.ofMillis(300));
    try (Lab lab = judging(hasty);
        java.net.Socket silent = lab.connect();
        java.net.Socket dripping = lab.connect()) {
      String head = "POST " + HOOK + " HTTP/1.1\r\nHost: lab\r\nContent-Length: 1000000\r\n\r\n";
      Lab.say(silent, head);
      String answer = drip(dripping, head);

      assertThat(answer).isEmpty();
      assertThat(Lab.rest(silent)).isEmpty();
      lab.counts.await(Turned.TOO_SLOW, 2);
      assertThat(lab.agent.heard).isEmpty();
      assertThat(send(lab, BODY, signature(BODY)).statusCode()).isEqualTo(202);
    }
  }

  /** Says a character now and then until the other side hangs up. */
  private static String drip(java.net.Socket socket, String head) throws Exception {
    Lab.say(socket, head);
    long end = System.nanoTime() + Lab.PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        Lab.say(socket, "a");
      } catch (java.io.IOException hungUp) {
        return Lab.rest(socket);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("the other side still listens");
  }
}
