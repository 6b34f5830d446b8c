package io.byteport.adapter.cloud.sentry;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How many errors a project has within a window, and how many in the day before it.
 *
 * @param organization its slug
 * @param count within the window
 * @param perMinute within the window
 * @param baselinePerMinute in the 24 hours before the window
 */
public record ProjectRate(
    String organization, long count, double perMinute, double baselinePerMinute) {
  private static final Duration BASELINE = Duration.ofHours(24);

  /**
   * Asks for it now.
   *
   * @param project its slug
   * @param connection the entry; the only one where it names none
   * @throws ActionException if Sentry cannot be asked
   */
  public static ProjectRate read(
      SentryOrganization sentry,
      String project,
      Duration window,
      String connection,
      Deadline deadline)
      throws ActionException, InterruptedException {
    SentryOrganization.PROJECT.check(project);
    Instant now = deadline.now();
    Instant since = now.minus(window);
    long count = count(sentry, project, connection, since, now, "1m", deadline);
    long before = count(sentry, project, connection, since.minus(BASELINE), since, "1h", deadline);
    return new ProjectRate(
        sentry.organization(connection),
        count,
        count / minutes(window),
        before / minutes(BASELINE));
  }

  private static double minutes(Duration time) {
    return time.toMillis() / 60_000.0;
  }

  private static long count(
      SentryOrganization sentry,
      String project,
      String connection,
      Instant from,
      Instant to,
      String interval,
      Deadline deadline)
      throws ActionException, InterruptedException {
    Api api = sentry.api(connection);
    Address address =
        sentry
            .at(api, connection, "events-stats")
            .with("query", "event.type:error project:" + project)
            .with("interval", interval)
            .with("yAxis", "count()")
            .with("start", from.toString())
            .with("end", to.toString());
    long count = 0;
    for (Json bucket : api.get(address, deadline).at("data").items()) {
      List<Json> pair = bucket.items();
      if (pair.size() == 2) {
        for (Json value : pair.get(1).items()) {
          count += value.whole(0, "count");
        }
      }
    }
    return count;
  }
}
