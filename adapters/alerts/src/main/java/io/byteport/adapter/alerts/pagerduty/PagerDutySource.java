package io.byteport.adapter.alerts.pagerduty;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.BodySignature;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.util.List;

/**
 * {@code pagerduty}: polled where there is a token, and its webhooks (version 3) are heard, signed
 * in {@code X-PagerDuty-Signature} with the credential {@code hmacSha256}; while secrets are
 * changed there are several signatures, of which one must be right. An incident whose run resolved
 * it is resolved, where {@code fromEmail} says in whose name.
 */
public final class PagerDutySource implements SourceType {

  @Override
  public String name() {
    return "pagerduty";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    Credentials credentials = new Credentials(entry);
    Web web = new Web(surroundings.clock());
    PagerDuty api = new PagerDuty(entry, web, surroundings.clock());
    boolean asks = credentials.has("token");
    return new Wired(
        asks ? api : null,
        new ProvedReceiver(
            BodySignature.of(credentials, "hmacSha256", "X-PagerDuty-Signature"),
            delivered -> read(entry.texts("serviceIds"), delivered)),
        asks && entry.text("fromEmail").isPresent() ? api : null,
        web::close);
  }

  private static Received read(List<String> services, Delivered delivered) {
    return Incidents.posted(Bodies.json(delivered), delivered.receivedAt())
        .<Received>map(alerts -> new Received.Accepted(of(services, alerts)))
        .orElseGet(() -> ProvedReceiver.malformed("an `event` of PagerDuty"));
  }

  /** Those of the services that are asked for; all where none is named. */
  private static List<Alert> of(List<String> services, List<Alert> alerts) {
    return services.isEmpty()
        ? alerts
        : alerts.stream()
            .filter(alert -> services.contains(alert.labels().getOrDefault("service_id", "")))
            .toList();
  }
}
