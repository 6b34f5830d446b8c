package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.source.Received;
import io.byteport.engine.source.Received.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalLinesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Received.Refused FORGED =
      new Received.Refused(Refusal.FORGED, "HMAC signature mismatch");
  private static final Received.Refused UNSIGNED =
      new Received.Refused(Refusal.UNSIGNED, "there is no signature");

  private final RefusalLines lines = new RefusalLines();

  @Test
  void the_first_of_each_kind_and_source_is_told_at_once() {
    assertThat(lines.line("grafana", FORGED, NOON))
        .contains("a request in the name of `grafana` was refused: HMAC signature mismatch");
    assertThat(lines.line("grafana", UNSIGNED, NOON)).isPresent();
    assertThat(lines.line("datadog", FORGED, NOON)).isPresent();
  }

  @Test
  void a_flood_is_one_line_a_minute_that_counts_it() {
    for (int i = 0; i < 60_000; i++) {
      assertThat(lines.line("grafana", FORGED, NOON.plusMillis(i)).isPresent()).isEqualTo(i == 0);
    }
    assertThat(lines.line("grafana", FORGED, NOON.plusSeconds(60)))
        .contains(
            "a request in the name of `grafana` was refused: HMAC signature mismatch"
                + " (and 59999 more of this kind since 2026-03-01T12:00:00Z)");
    assertThat(lines.line("grafana", FORGED, NOON.plusSeconds(61))).isEmpty();
  }
}
