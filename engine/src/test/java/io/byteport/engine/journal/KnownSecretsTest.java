package io.byteport.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownSecretsTest {
  private final KnownSecrets secrets = new KnownSecrets();
  private final Redactor redactor = Redactor.SHAPES_ONLY.learning(secrets);

  @Test
  void a_secret_is_taken_out_from_when_it_is_known_on() {
    assertThat(redactor.redact("login as correct horse")).isEqualTo("login as correct horse");

    secrets.add("correct horse");

    assertThat(redactor.redact("login as correct horse")).isEqualTo("login as [redacted]");
  }

  @Test
  void redactors_that_were_made_of_it_before_know_it_too() {
    Redactor other = redactor.knowing(List.of("first secret"));

    secrets.add("correct horse");

    assertThat(other.redact("first secret, correct horse")).isEqualTo("[redacted], [redacted]");
  }

  @Test
  void its_encoded_forms_are_taken_out() {
    String secret = "p@ss word/+?";
    secrets.add(secret);
    String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));

    assertThat(redactor.redact("data: " + base64)).doesNotContain(base64.substring(0, 8));
    assertThat(redactor.redact("http://x/?q=p%40ss+word%2F%2B%3F"))
        .isEqualTo("http://x/?q=[redacted]");
    assertThat(redactor.redact("http://x/p%40ss%20word%2F%2B%3F")).isEqualTo("http://x/[redacted]");
  }

  @Test
  void single_lines_of_a_key_are_taken_out() {
    secrets.add("-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\nshort\n-----END KEY-----\n");

    assertThat(redactor.redact("line 2: MIIEvQIBADANBgkqhkiG9w0BAQEF"))
        .isEqualTo("line 2: [redacted]");
    assertThat(redactor.redact("a short word, -----BEGIN KEY-----"))
        .isEqualTo("a short word, -----BEGIN KEY-----");
  }

  @Test
  void words_are_not_taken_for_secrets() {
    secrets.add("admin");
    secrets.add("      ");
    secrets.add("");

    assertThat(redactor.redact("the admin is in")).isEqualTo("the admin is in");
  }

  @Test
  void of_ever_new_secrets_the_latest_are_known() {
    IntStream.range(0, 1_500).forEach(i -> secrets.add("token-number-%04d".formatted(i)));

    assertThat(redactor.redact("token-number-1499 token-number-0500"))
        .isEqualTo("[redacted] [redacted]");
    assertThat(secrets.texts()).hasSizeLessThan(6_000);
  }

  @Test
  void many_threads_may_tell_it_at_once() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> told =
          IntStream.range(0, 200)
              .<Future<?>>mapToObj(
                  i -> threads.submit(() -> secrets.add("secret-of-thread-" + i + "-")))
              .toList();
      for (Future<?> one : told) {
        one.get();
      }
    }
    for (int i = 0; i < 200; i++) {
      assertThat(redactor.redact("secret-of-thread-" + i + "-")).isEqualTo("[redacted]");
    }
  }
}
