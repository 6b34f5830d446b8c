package io.byteport.adapter.alerts.grafana;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.alertmanager.AlertmanagerPoller;
import io.byteport.adapter.alerts.alertmanager.ManagedAlerts;
import io.byteport.adapter.alerts.alertmanager.PostedAlerts;
import io.byteport.adapter.alerts.proof.Proofs;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.SignalTable;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code grafana}: a contact point of the type webhook, and where there is an address, Grafana's
 * Alertmanager is polled. A signature is taken from {@code X-Grafana-Signature} or {@code
 * X-Grafana-Alerting-Signature}. What is critical and nothing else is a {@code
 * generic.critical_alert}; the severity is that of {@link ManagedAlerts}.
 */
public final class GrafanaSource implements SourceType {
  static final ManagedAlerts ALERTS = new ManagedAlerts(GrafanaSource::signal);

  private static @Nullable String signal(
      @Nullable String name, Map<String, String> labels, Severity severity) {
    String known = SignalTable.of(name, labels);
    return known == null && severity == Severity.CRITICAL ? "generic.critical_alert" : known;
  }

  @Override
  public String name() {
    return "grafana";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    Web web = new Web(surroundings.clock());
    return Wired.of(
        entry.text("address").isEmpty()
            ? null
            : new AlertmanagerPoller(
                entry,
                List.of("api", "alertmanager", "grafana"),
                ALERTS,
                web,
                surroundings.clock()),
        new ProvedReceiver(
            Proofs.of(entry, "X-Grafana-Signature", "X-Grafana-Alerting-Signature"),
            new PostedAlerts(ALERTS, "Grafana")),
        web);
  }
}
