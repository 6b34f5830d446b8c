package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.journal.Redactor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {
  private final LoggerContext context = new LoggerContext();

  private LoggingEvent event(String message, @Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent(
            LogLinesTest.class.getName(),
            context.getLogger("io.byteport.some.Place"),
            Level.WARN,
            message,
            thrown,
            null);
    event.setTimeStamp(1_772_366_400_000L);
    event.setMDCPropertyMap(Map.of("run", "20260301-run"));
    return event;
  }

  @Test
  void a_line_of_json_says_what_a_search_asks_for() {
    JsonNode line =
        JsonMapper.shared().readTree(new LogLines(LogFormat.json).doLayout(event("it is", null)));

    assertThat(line.path("time").asString()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(line.path("level").asString()).isEqualTo("WARN");
    assertThat(line.path("run").asString()).isEqualTo("20260301-run");
    assertThat(line.path("message").asString()).isEqualTo("it is");
  }

  @Test
  void a_line_of_text_names_its_run() {
    assertThat(new LogLines(LogFormat.text).doLayout(event("it is", null)))
        .isEqualTo("12:00:00.000 WARN  Place - [20260301-run] it is\n");
  }

  @Test
  void no_line_holds_a_secret_also_not_in_what_was_thrown() {
    KnownSecrets known = new KnownSecrets();
    known.add("correct-horse");
    for (LogFormat format : LogFormat.values()) {
      LogLines lines = new LogLines(format);
      lines.redactedBy(Redactor.SHAPES_ONLY.learning(known));

      assertThat(
              lines.doLayout(
                  event("with correct-horse", new IllegalStateException("correct-horse"))))
          .contains("with [redacted")
          .contains("IllegalStateException")
          .doesNotContain("correct-horse");
    }
  }
}
