package io.byteport.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {
  private final Redactor redactor = Redactor.SHAPES_ONLY;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Authorization: Bearer abc.def-123                       | abc.def-123
          authorization=Basic dXNlcjpwYXNz                        | dXNlcjpwYXNz
          curl -H 'X: bearer 0123456789abcdef'                    | 0123456789abcdef
          id AKIAIOSFODNN7EXAMPLE used                            | AKIAIOSFODNN7EXAMPLE
          aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | wJalrXUtnFEMI
          jdbc postgres://app:s3cr3t!@db:5432/x                   | s3cr3t
          redis://:p4ssw0rd@cache                                 | p4ssw0rd
          token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl | eyJzdWIi
          ghp_0123456789abcdefghijklmnopqrstuvwxyz                | ghp_0123
          xoxb-123456789012-abcdefghijkl                          | xoxb-1234
          https://hooks.slack.com/services/T000/B000/abcdefgh     | abcdefgh
          glpat-abcdefghij0123456789                              | glpat-
          password=hunter22                                       | hunter22
          {"client_secret": "a b c"}                              | a b c
          API_KEY: zyxwvut                                        | zyxwvut
          """)
  void secretsOfKnownShapesAreTakenOut(String text, String secret) {
    String clean = redactor.redact(text);

    assertThat(clean).contains("[redacted").doesNotContain(secret);
    assertThat(redactor.redact(clean)).isEqualTo(clean);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          password authentication failed for user "app"
          secret "db-credentials" not found
          https://example.com:8443/path?x=1
          Back-off restarting failed container api in pod api-1_production
          commit 9fceb02d0ae598e95dc970b74767f19372d61af8
          OOMKilled, exit code 137
          the bearer of bad news
          """)
  void whatIsNoSecretStays(String text) {
    assertThat(redactor.redact(text)).isEqualTo(text);
  }

  @Test
  void aPrivateKeyGoesAsAWholeAlsoWhenItIsCutOff() {
    String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nAAAA\n-----END RSA PRIVATE KEY-----";

    assertThat(redactor.redact("a\n" + key + "\nb")).isEqualTo("a\n[redacted private key]\nb");
    assertThat(redactor.redact("a\n" + key.substring(0, 40)))
        .isEqualTo("a\n[redacted private key]");
  }

  @Test
  void registeredSecretsAreTakenOutWhereverTheyStand() {
    Redactor knowing = redactor.knowing(List.of("sesame-open", "sesame-open-wide", "abc"));

    assertThat(knowing.redact("x sesame-open-wide y sesame-open abc"))
        .isEqualTo("x [redacted] y [redacted] abc");
    assertThat(knowing.redact(Value.of(List.of(Value.of("sesame-open")))))
        .isEqualTo(Value.of(List.of(Value.of("[redacted]"))));
  }
}
