package io.byteport.adapter.alerts.webhook;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.accepted;
import static io.byteport.adapter.alerts.Given.delivered;
import static io.byteport.adapter.alerts.Given.entry;
import static io.byteport.adapter.alerts.Given.hmac;
import static io.byteport.adapter.alerts.Given.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType.Surroundings;
import io.byteport.engine.spi.Inventory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final String BODY = "{\"service\":\"api\"}";

  private static Source open(Map<String, ?> settings, Map<String, String> credentials) {
    return new WebhookSource()
        .open(
            entry("webhook", settings, credentials),
            new Surroundings(
                () -> NOW,
                Inventory.EMPTY,
                body ->
                    List.of(
                        new Alert(
                            null,
                            new String(body, StandardCharsets.UTF_8),
                            Severity.WARNING,
                            Status.FIRING,
                            Map.of(),
                            NOW,
                            null,
                            "f",
                            null))));
  }

  @Test
  void the_mapping_of_the_configuration_reads_the_body() throws Exception {
    assertThat(accepted(open(Map.of(), Map.of()), delivered(BODY)))
        .extracting(Alert::title)
        .containsExactly(BODY);
  }

  @Test
  void what_the_mapping_cannot_read_is_malformed() throws Exception {
    Source source =
        new WebhookSource()
            .open(
                entry("webhook", Map.of(), Map.of()),
                new Surroundings(
                    () -> NOW,
                    Inventory.EMPTY,
                    body -> {
                      throw new IllegalArgumentException("expected a list, found nothing");
                    }));
    assertThat(refused(source, delivered(BODY))).isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void what_is_no_json_is_malformed_and_no_mapping_sees_it() throws Exception {
    for (String body : List.of("", "service=api", "{", "[1,", "null")) {
      assertThat(refused(open(Map.of(), Map.of()), delivered(body)))
          .as(body)
          .isEqualTo(Refusal.MALFORMED);
    }
    assertThat(refused(open(Map.of(), Map.of()), delivered("[".repeat(100_000))))
        .isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void a_signature_is_taken_from_the_header_that_is_configured() throws Exception {
    Source source = open(Map.of("header", "X-Icinga-Signature"), Map.of("hmacSha256", SECRET));
    String signature = hmac(SECRET, BODY);

    assertThat(accepted(source, delivered(BODY, "x-icinga-signature", signature))).hasSize(1);
    assertThat(refused(source, delivered(BODY, "X-Signature-256", signature)))
        .isEqualTo(Refusal.UNSIGNED);
    assertThat(refused(source, delivered("{", "X-Icinga-Signature", signature)))
        .as("who sent it is judged before it is read")
        .isEqualTo(Refusal.FORGED);
  }

  @Test
  void the_usual_headers_may_hold_the_signature_where_none_is_configured() throws Exception {
    Source source = open(Map.of(), Map.of("hmacSha256", SECRET));

    assertThat(accepted(source, delivered(BODY, "X-Signature-256", hmac(SECRET, BODY)))).hasSize(1);
    assertThat(accepted(source, delivered(BODY, "X-Signature", "sha256=" + hmac(SECRET, BODY))))
        .hasSize(1);
    assertThat(refused(source, delivered(BODY))).isEqualTo(Refusal.UNSIGNED);
  }

  @Test
  void the_bearer_of_the_token_is_let_in() throws Exception {
    Source source = open(Map.of(), Map.of("bearer", SECRET));

    assertThat(accepted(source, delivered(BODY, "Authorization", "bearer " + SECRET))).hasSize(1);
    assertThat(refused(source, delivered(BODY, "Authorization", "Bearer x")))
        .isEqualTo(Refusal.FORGED);
  }

  @Test
  void a_name_and_a_password_are_let_in() throws Exception {
    Source source = open(Map.of(), Map.of("basicUsername", "gcp", "basicPassword", SECRET));
    String right =
        java.util.Base64.getEncoder()
            .encodeToString(("gcp:" + SECRET).getBytes(StandardCharsets.UTF_8));

    assertThat(accepted(source, delivered(BODY, "Authorization", "Basic " + right))).hasSize(1);
    assertThat(refused(source, delivered(BODY, "Authorization", "Basic Z2NwOg==")))
        .isEqualTo(Refusal.FORGED);
  }
}
