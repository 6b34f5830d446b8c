package io.byteport.adapter.alerts.sentry;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.web.Accounts;
import io.byteport.adapter.alerts.web.Settings;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.sentry.ProjectRate;
import io.byteport.adapter.cloud.sentry.SentryOrganization;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code sentry}: polled through a connection of the type sentry for spikes of errors in {@code
 * projects}; see {@link Spikes}.
 */
public final class SentrySource implements SourceType {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final double MULTIPLIER = 2;
  private static final double FEWEST = 10;

  @Override
  public String name() {
    return "sentry";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    Accounts accounts = new Accounts(surroundings.clock());
    SentryOrganization sentry =
        new SentryOrganization(surroundings.connections(), accounts.transport());
    String connection = entry.text("connection").orElse("");
    Duration window = Settings.duration(entry, "window", WINDOW);
    Spikes spikes =
        new Spikes(
            window,
            Settings.number(entry, "spikeMultiplier", MULTIPLIER),
            (long) Settings.number(entry, "minEvents", FEWEST));
    Poller poller =
        cursor -> {
          List<Alert> alerts = new ArrayList<>();
          for (String project : entry.texts("projects")) {
            ProjectRate rate =
                accounts.ask(
                    context ->
                        ProjectRate.read(
                            sentry, project, window, connection, Deadline.of(context)));
            spikes.judged(project, rate, surroundings.clock().instant()).ifPresent(alerts::add);
          }
          return Polled.everything(alerts);
        };
    return new Wired(connection.isEmpty() ? null : poller, null, null, accounts::close);
  }
}
