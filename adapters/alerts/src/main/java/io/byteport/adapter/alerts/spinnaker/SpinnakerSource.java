package io.byteport.adapter.alerts.spinnaker;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.Proofs;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;

/** {@code spinnaker}: hears the REST endpoint of Spinnaker's Echo; see {@link Executions}. */
public final class SpinnakerSource implements SourceType {

  @Override
  public String name() {
    return "spinnaker";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    return Wired.listening(
        new ProvedReceiver(
            Proofs.of(entry, "X-Signature-256"),
            delivered ->
                Executions.posted(Bodies.json(delivered), delivered.receivedAt())
                    .<Received>map(Received.Accepted::new)
                    .orElseGet(() -> ProvedReceiver.malformed("an event of Spinnaker"))));
  }
}
