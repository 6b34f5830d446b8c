package io.byteport.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

  /**
   * Shapes are looked for only where a text holds a sign of them, and everywhere in a text that is
   * not ASCII: both must find the same.
   */
  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void what_a_shape_needs_to_be_found_never_hides_it(@ForAll("fragments") List<String> fragments) {
    String text = String.join("", fragments);

    assertThat(redactor.redact(text) + ")\u00e9").isEqualTo(redactor.redact(text + ")\u00e9"));
  }

  @Provide
  Arbitrary<List<String>> fragments() {
    return Arbitraries.of(
            "-----BEGIN PRIVATE KEY-----x-----END PRIVATE KEY-----",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
            "AKIAIOSFODNN7EXAMPLE",
            "ASIAIOSFODNN7EXAMPLE",
            "ABIAIOSFODNN7EXAMPLE",
            "ACCAIOSFODNN7EXAMPLE",
            "aws_secret_access_key",
            "AwsSecretAccessKey",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "gho_0123456789abcdefghijklmnopqrstuvwxyz",
            "ghu_0123456789abcdefghijklmnopqrstuvwxyz",
            "ghs_0123456789abcdefghijklmnopqrstuvwxyz",
            "ghr_0123456789abcdefghijklmnopqrstuvwxyz",
            "github_pat_0123456789abcdefghijklmnopqrstuvwxyz",
            "xoxb-123456789012-abcdefghijkl",
            "xapp-123456789012-abcdefghijkl",
            "https://hooks.slack.com/services/T000/B000/abcdefgh",
            "AIzaabcdefghijklmnopqrstuvwxyz012345678",
            "ya29.abcdefghijklmnopqrstuvwxyz",
            "sk_live_0123456789abcdef",
            "rk_test_0123456789abcdef",
            "glpat-abcdefghij0123456789",
            "Proxy-Authorization",
            "AUTHORIZATION",
            "Bearer 0123456789abcdef",
            "token ",
            "negotiate ",
            "https://app:pw@db",
            "PassWord",
            "passwd",
            "PWD",
            "Passphrase",
            "client_secret",
            "signingSecret",
            "api-key",
            "access_key",
            "authToken",
            "refresh-token",
            "private_key",
            ":",
            "=",
            " ",
            "\"",
            "hunter22",
            "word",
            "\n")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
