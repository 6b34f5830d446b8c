package io.byteport.adapter.alerts.sentry;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.connection;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.polled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.alerts.Site;
import io.byteport.adapter.cloud.sentry.ProjectRate;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentryTest {
  private static final String STATS = "/api/0/organizations/myorg/events-stats/?query=";

  private static Source at(Site site, List<String> projects) {
    return open(
        new SentrySource(),
        Map.of("projects", projects),
        Map.of(),
        connection(
            "sentry",
            Map.of("address", site.url(), "organization", "myorg"),
            Map.of("token", SECRET)));
  }

  @Test
  void a_spike_is_a_multiple_of_the_day_before() throws Exception {
    String query = STATS + "event.type%3Aerror%20project%3Abackend-api&interval=";
    try (Site site =
            new Site()
                .on("GET", query + "1m", "{\"data\":[[1,[{\"count\":60}]],[2,[{\"count\":40}]]]}")
                .on("GET", query + "1h", "{\"data\":[[1,[{\"count\":1440}]]]}");
        Source source = at(site, List.of("backend-api"))) {
      Alert alert = polled(source).getFirst();

      assertThat(alert.type()).isEqualTo("application_error.error_rate_spike");
      assertThat(alert.title()).isEqualTo("backend-api: 20 errors a minute, against 1 before");
      assertThat(alert.value()).isEqualTo("20");
      assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(alert.labels())
          .containsEntry("project", "backend-api")
          .containsEntry("baseline_per_minute", "1");
      assertThat(alert.fingerprint()).isEqualTo("myorg/backend-api");
      assertThat(alert.startedAt()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
      assertThat(site.seen().getFirst().header("Authorization")).isEqualTo("Bearer " + SECRET);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9, 1.8, 0.1, ", // too few
    "100, 20, 11, ", // less than twice
    "100, 20, 10, HIGH",
    "100, 20, 2.1, HIGH",
    "100, 20, 2, CRITICAL",
    "10, 2, 0, CRITICAL"
  })
  void what_is_no_spike_says_nothing(
      long count, double perMinute, double baseline, Severity severity) {
    Spikes spikes = new Spikes(Duration.ofMinutes(5), 2, 10);
    assertThat(
            spikes
                .judged("p", new ProjectRate("o", count, perMinute, baseline), NOW)
                .map(Alert::severity)
                .orElse(null))
        .isEqualTo(severity);
  }

  @Test
  void a_refusal_is_told_in_the_words_of_sentry() throws Exception {
    try (Site site = new Site().on("GET", STATS, 403, Map.of(), "{\"detail\":\"No permission\"}");
        Source source = at(site, List.of("backend-api"))) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageContaining("No permission");
    }
  }

  @Test
  void a_project_that_cannot_be_one_is_not_asked_for() throws Exception {
    try (Site site = new Site();
        Source source = at(site, List.of("x project:other"))) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageContaining("slug of a project");
      assertThat(site.seen()).isEmpty();
    }
  }
}
