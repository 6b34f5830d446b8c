package io.byteport.adapter.alerts.webhook;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.Proofs;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;

/**
 * {@code webhook}: whatever can post JSON, read by the mapping of the configuration, which says the
 * severity, too. A signature is taken from the header {@code header}, else {@code X-Signature-256}
 * or {@code X-Signature}.
 */
public final class WebhookSource implements SourceType {

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    return Wired.listening(
        new ProvedReceiver(
            Proofs.of(entry, "X-Signature-256", "X-Signature"),
            delivered ->
                Bodies.json(delivered).isMissing()
                    ? ProvedReceiver.malformed("JSON")
                    : mapped(delivered.body(), surroundings)));
  }

  private static Received mapped(byte[] body, Surroundings surroundings) {
    try {
      return new Received.Accepted(surroundings.mapping().apply(body));
    } catch (IllegalArgumentException e) {
      return new Received.Refused(Refusal.MALFORMED, String.valueOf(e.getMessage()));
    }
  }
}
