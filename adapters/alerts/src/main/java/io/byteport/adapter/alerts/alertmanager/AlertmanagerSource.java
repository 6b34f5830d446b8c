package io.byteport.adapter.alerts.alertmanager;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.Proofs;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.SignalTable;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.util.List;

/** {@code alertmanager}: it posts to a webhook, and is polled where it has an address. */
public final class AlertmanagerSource implements SourceType {
  private static final ManagedAlerts ALERTS =
      new ManagedAlerts((name, labels, severity) -> SignalTable.of(name, labels));

  @Override
  public String name() {
    return "alertmanager";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    Web web = new Web(surroundings.clock());
    return Wired.of(
        entry.text("address").isEmpty()
            ? null
            : new AlertmanagerPoller(entry, List.of(), ALERTS, web, surroundings.clock()),
        new ProvedReceiver(
            Proofs.of(entry, "X-Signature-256"), new PostedAlerts(ALERTS, "Alertmanager")),
        web);
  }
}
