package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.Replays;
import io.byteport.adapter.alerts.web.Ask;
import io.byteport.adapter.alerts.web.Settings;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.adapter.cloud.aws.AwsAccount;
import io.byteport.adapter.cloud.http.EnvironmentProxies;
import io.byteport.adapter.cloud.http.Pauses;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.Receiver;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * {@code cloudwatch}: polled where {@code connection} names an entry of the type aws; SNS posts to
 * its webhook where {@code topics} are named. See {@link Alarms}
 * for severities.
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
    Fetching fetching =
        address -> web.send(Ask.get(address, Map.of())).success().text();
    Optional<String> connection = entry.text("connection");
    Transport transport = connection.isPresent() ? transport() : null;
    return new Wired(
        transport == null ? null : poller(connection.orElse(""), surroundings, transport),
        entry.texts("topics").isEmpty() ? null : receiver(entry, fetching),
        null,
        () -> {
          web.close();
          if (transport != null) {
            transport.close();
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

  private static Poller poller(String connection, Surroundings surroundings, Transport transport) {
    return surroundings
        .connections()
        .find("aws", connection)
        .<Poller>map(
            account ->
                new AlarmPoller(
                    new AwsAccount(account, Machine.own(), transport), surroundings.clock()))
        .orElse(
            cursor -> {
              throw new SourceException(
                  "there is no connection `" + connection + "` of the type aws");
            });
  }

  private static Transport transport() {
    Machine machine = Machine.own();
    return new Transport(
        new EnvironmentProxies(machine.environment(), ProxySelector.getDefault()),
        Pauses.real(),
        RandomGenerator.getDefault());
  }
}
