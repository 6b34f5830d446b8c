package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.Replays;
import io.byteport.adapter.alerts.web.Accounts;
import io.byteport.adapter.alerts.web.Ask;
import io.byteport.adapter.alerts.web.Settings;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.adapter.cloud.aws.AwsAccount;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.Receiver;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code cloudwatch}: polled where {@code connection} names an entry of the type aws; SNS posts to
 * its webhook where {@code topics} are named. See {@link Alarms} for severities.
 */
public final class CloudWatchSource implements SourceType {
  /** SNS tries for an hour. */
  private static final Duration WINDOW = Duration.ofHours(1);

  @Override
  public String name() {
    return "cloudwatch";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    Web web = new Web(surroundings.clock());
    Fetching fetching = address -> web.send(Ask.get(address, Map.of())).success().text();
    Optional<String> connection = entry.text("connection");
    Accounts accounts = connection.isPresent() ? new Accounts(surroundings.clock()) : null;
    return new Wired(
        accounts == null ? null : poller(connection.orElse(""), surroundings, accounts),
        entry.texts("topics").isEmpty() ? null : receiver(entry, fetching),
        null,
        () -> {
          web.close();
          if (accounts != null) {
            accounts.close();
          }
        });
  }

  /** The one that hears topics. */
  static Receiver receiver(Inventory.Entry entry, Fetching fetching) {
    return new SnsReceiver(
        Set.copyOf(entry.texts("topics")),
        Settings.flag(entry, "confirmSubscriptions", false),
        new SnsSignature(new SnsCertificates(fetching)),
        new Replays(Settings.duration(entry, "replayWindow", WINDOW)),
        fetching);
  }

  private static Poller poller(String connection, Surroundings surroundings, Accounts accounts) {
    return surroundings
        .connections()
        .find("aws", connection)
        .<Poller>map(
            account ->
                new AlarmPoller(
                    new AwsAccount(account, accounts.machine(), accounts.transport()),
                    accounts,
                    surroundings.clock()))
        .orElse(
            cursor -> {
              throw new SourceException(
                  "there is no connection `" + connection + "` of the type aws");
            });
  }
}
