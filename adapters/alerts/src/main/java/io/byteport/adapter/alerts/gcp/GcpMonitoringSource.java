package io.byteport.adapter.alerts.gcp;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.Proofs;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.adapter.alerts.web.Accounts;
import io.byteport.adapter.cloud.gcp.GcpAccount;
import io.byteport.adapter.cloud.gcp.OpenAlerts;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.util.List;

/**
 * {@code gcp-monitoring}: polled through a connection of the type gcp, and hears webhooks, which
 * bring a name and a password. See {@link Incidents}.
 */
public final class GcpMonitoringSource implements SourceType {

  @Override
  public String name() {
    return "gcp-monitoring";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    Accounts accounts =
        entry.text("connection").isPresent() ? new Accounts(surroundings.clock()) : null;
    return new Wired(
        accounts == null
            ? null
            : poller(entry.text("connection").orElse(""), surroundings, accounts),
        new ProvedReceiver(
            Proofs.of(entry, "X-Signature-256"),
            delivered ->
                Incidents.posted(Bodies.json(delivered), delivered.receivedAt())
                    .<Received>map(Received.Accepted::new)
                    .orElseGet(
                        () -> ProvedReceiver.malformed("an `incident` of Cloud Monitoring"))),
        null,
        () -> {
          if (accounts != null) {
            accounts.close();
          }
        });
  }

  private static Poller poller(String connection, Surroundings surroundings, Accounts accounts) {
    return surroundings
        .connections()
        .find("gcp", connection)
        .map(entry -> poller(entry, surroundings, accounts))
        .orElse(
            cursor -> {
              throw new SourceException(
                  "there is no connection `" + connection + "` of the type gcp");
            });
  }

  private static Poller poller(
      Inventory.Entry entry, Surroundings surroundings, Accounts accounts) {
    GcpAccount account = new GcpAccount(entry, accounts.machine(), accounts.transport());
    return cursor -> {
      List<Json> open = accounts.ask(context -> OpenAlerts.read(account, Deadline.of(context)));
      return Polled.everything(
          open.stream()
              .flatMap(alert -> Incidents.listed(alert, surroundings.clock().instant()).stream())
              .toList());
    };
  }
}
