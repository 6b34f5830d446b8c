package io.byteport.adapter.alerts.alertmanager;

import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import java.util.function.Function;

/**
 * Reads what is posted to a webhook.
 *
 * @param sender for messages
 */
public record PostedAlerts(ManagedAlerts alerts, String sender)
    implements Function<Delivered, Received> {

  @Override
  public Received apply(Delivered delivered) {
    return alerts
        .posted(Bodies.json(delivered), delivered.receivedAt())
        .<Received>map(Received.Accepted::new)
        .orElseGet(() -> ProvedReceiver.malformed("the list `alerts` that " + sender + " sends"));
  }
}
