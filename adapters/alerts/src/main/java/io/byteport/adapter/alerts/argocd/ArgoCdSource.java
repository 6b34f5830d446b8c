package io.byteport.adapter.alerts.argocd;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.Proofs;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;

/**
 * {@code argocd}: hears a webhook of Argo CD's notifications whose template is {@code {"app":
 * {{toJson .app}}}}; see {@link Applications}.
 */
public final class ArgoCdSource implements SourceType {

  @Override
  public String name() {
    return "argocd";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    return Wired.listening(
        new ProvedReceiver(
            Proofs.of(entry, "X-Signature-256"),
            delivered ->
                Applications.posted(Bodies.json(delivered), delivered.receivedAt())
                    .<Received>map(Received.Accepted::new)
                    .orElseGet(() -> ProvedReceiver.malformed("an Application of Argo CD"))));
  }
}
