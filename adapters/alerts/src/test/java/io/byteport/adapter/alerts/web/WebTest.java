package io.byteport.adapter.alerts.web;

import static io.byteport.adapter.alerts.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.alerts.Site;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.source.SourceException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebTest {

  @Test
  void a_server_that_says_nothing_is_given_up() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Web web = new Web(() -> NOW, Duration.ofMillis(200))) {
      Address address = Address.of("http://127.0.0.1:" + silent.getLocalPort());
      assertThat(
              catchThrowableOfType(
                  SourceException.class, () -> web.send(Ask.get(address, Map.of()))))
          .hasMessageContaining("no answer within")
          .hasMessageContaining("GET 127.0.0.1:");
    }
  }

  @Test
  void an_answer_of_more_than_8_mebibytes_is_not_read() {
    try (Site site = new Site().on("GET", "/", "x".repeat((8 << 20) + 1));
        Web web = new Web(() -> NOW)) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class, () -> web.send(Ask.get(Address.of(site.url()), Map.of()))))
          .hasMessageContaining("longer than 8388608 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429, Retry-After, 7, PT7S",
    "503, Retry-After, '  7 ', PT7S",
    "503, Retry-After, 'Sun, 22 Nov 2026 12:01:00 GMT', PT1M",
    "503, Retry-After, 999999999, PT1H",
    "503, Retry-After, 'Sun, 22 Nov 2026 11:00:00 GMT', PT0S",
    "429, X-RateLimit-Reset, 12, PT12S",
    "403, X-RateLimit-Reset, 1795348830, PT30S",
  })
  void how_long_to_stay_away_is_what_the_answer_says(
      int status, String header, String value, Duration expected) throws Exception {
    assertThat(failure(status, header, value).retryAfter()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"503, Retry-After, soon", "500, X-RateLimit-Reset, 12", "429, X-Other, 3"})
  void nothing_is_made_up_where_it_does_not_say(int status, String header, String value)
      throws Exception {
    assertThat(failure(status, header, value).retryAfter()).isNull();
  }

  private static SourceException failure(int status, String header, String value) throws Exception {
    try (Site site = new Site().on("GET", "/", status, Map.of(header, value), "");
        Web web = new Web(() -> NOW)) {
      Reply reply = web.send(Ask.get(Address.of(site.url()), Map.of()));
      return catchThrowableOfType(SourceException.class, reply::success);
    }
  }

  @Test
  void errors_are_told_in_the_words_of_the_other_side_whatever_their_shape() throws Exception {
    assertThat(words("{\"error\":{\"message\":\"Not Found\",\"errors\":[\"Account\"]}}"))
        .startsWith("Not Found; Account [400]");
    assertThat(words("{\"errors\":[\"one\",\"two\"]}")).startsWith("one; two [400]");
    assertThat(words("{\"detail\":\"no such project\"}")).startsWith("no such project [400]");
    assertThat(words("upstream\u0007 is down")).startsWith("upstream is down [400]");
    assertThat(words("{}")).startsWith("the server answered 400");
    assertThat(words("")).startsWith("the server answered 400");
    assertThat(words("y".repeat(10_000))).hasSizeLessThan(700);
  }

  private static String words(String body) throws Exception {
    try (Site site = new Site().on("GET", "/", 400, Map.of(), body);
        Web web = new Web(() -> NOW)) {
      Reply reply = web.send(Ask.get(Address.of(site.url()), Map.of()));
      return catchThrowableOfType(SourceException.class, reply::success).getMessage();
    }
  }

  @Test
  void what_is_told_to_a_source_may_be_tried_again_unless_it_is_refused() throws Exception {
    assertThat(told(500).isPermanent()).isFalse();
    assertThat(told(429).isPermanent()).isFalse();
    assertThat(told(404).isPermanent()).isTrue();
  }

  private static ChannelException told(int status) throws Exception {
    try (Site site = new Site().on("POST", "/", status, Map.of(), "{}");
        Web web = new Web(() -> NOW)) {
      Reply reply = web.send(Ask.json("POST", Address.of(site.url()), Map.of(), "{}"));
      return catchThrowableOfType(ChannelException.class, reply::taken);
    }
  }
}
