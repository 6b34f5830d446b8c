package io.byteport.adapter.host.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Instant SAID = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void the_time_of_a_ca_that_names_one_is_read() {
    assertThat(
            at(
                "too many new orders (300) in the last 3h0m0s, retry after 2026-11-21 13:00:00"
                    + " UTC:"))
        .isEqualTo("2026-11-21T13:00:00Z");
    assertThat(at("urn:ietf:params:acme:error:rateLimited :: Retry after 2026-11-22T01:02:03Z"))
        .isEqualTo("2026-11-22T01:02:03Z");
  }

  @Test
  void seconds_count_from_when_it_was_said() {
    assertThat(
            at("HTTP 429\nRetry-After: 3600\n\"type\": \"urn:ietf:params:acme:error:rateLimited\""))
        .isEqualTo("2026-11-21T13:00:00Z");
    assertThat(at("{'retryAfter': '60', 'type': 'urn:ietf:params:acme:error:rateLimited'}"))
        .isEqualTo("2026-11-21T12:01:00Z");
  }

  @Test
  void a_limit_without_a_time_is_a_limit() {
    assertThat(RateLimit.in("a\ntoo many failed authorizations recently: see https://x\nb", SAID))
        .contains(new RateLimit(null, "too many failed authorizations recently: see https://x"));
    assertThat(at("rateLimited")).as("the word alone may be anybody's").isEqualTo("none");
  }

  @Test
  void other_failures_and_times_that_are_none_are_no_limit() {
    assertThat(at("Some challenges have failed. Retry after 2026-11-21 13:00:00 UTC"))
        .isEqualTo("none");
    assertThat(at("too many certificates, retry after 2026-99-99 13:00:00 UTC")).isEqualTo("null");
  }

  @Test
  void what_steers_terminals_is_left_out_of_its_words() {
    assertThat(
            RateLimit.in(
                "\u001b[31mtoo many certificates\u0000\u001b]0;x\u0007" + "y".repeat(900), SAID))
        .get()
        .satisfies(
            limit -> {
              assertThat(limit.words()).hasSizeLessThan(502).startsWith("too many certificates");
              assertThat(limit.words().chars().noneMatch(Character::isISOControl)).isTrue();
            });
  }

  private static String at(String text) {
    Optional<RateLimit> limit = RateLimit.in(text, SAID);
    return limit.map(found -> String.valueOf(found.retryAt())).orElse("none");
  }
}
