package io.byteport.adapter.alerts.flux;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.Proofs;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;

/**
 * {@code flux}: hears a provider of the type {@code generic} or {@code generic-hmac}, which signs
 * in {@code X-Signature}; see {@link FluxEvents}.
 */
public final class FluxSource implements SourceType {

  @Override
  public String name() {
    return "flux";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    return Wired.listening(
        new ProvedReceiver(
            Proofs.of(entry, "X-Signature"),
            delivered ->
                FluxEvents.posted(Bodies.json(delivered), delivered.receivedAt())
                    .<Received>map(Received.Accepted::new)
                    .orElseGet(() -> ProvedReceiver.malformed("an event of Flux"))));
  }
}
