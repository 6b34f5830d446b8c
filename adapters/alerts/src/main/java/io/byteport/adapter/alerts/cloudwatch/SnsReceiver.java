package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.proof.Replays;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Received.Accepted;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Received.Refused;
import io.byteport.engine.source.Receiver;
import io.byteport.engine.source.SourceException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Hears topics of SNS. A message must be signed by SNS, come from one of the configured topics, and
 * not be older than the replay window; one that is delivered again within it is read again, and
 * found equal. A subscription is confirmed only where the configuration says so, at SNS's own host,
 * for what the signed message names.
 *
 * @param topics ARNs
 */
record SnsReceiver(
    Set<String> topics,
    boolean confirms,
    SnsSignature signature,
    Replays replays,
    Fetching fetching)
    implements Receiver {

  SnsReceiver {
    topics = Set.copyOf(topics);
  }

  @Override
  public Received receive(Delivered delivered) throws SourceException, InterruptedException {
    Json message = Bodies.json(delivered);
    String type = message.text("Type");
    if (type == null) {
      return new Refused(Refusal.UNSIGNED, "expected a message of SNS, found something else");
    }
    Instant now = delivered.receivedAt();
    String topic = message.text("TopicArn");
    if (topic == null || !topics.contains(topic)) {
      return new Refused(Refusal.FORGED, "its topic is none of those that are configured");
    }
    Optional<Refused> objection = signature.objection(message, now);
    if (objection.isEmpty()) {
      Instant signedAt = Moments.find(message.text("Timestamp"));
      objection = replays.outside(signedAt == null ? Instant.EPOCH : signedAt, now);
    }
    if (objection.isPresent()) {
      return objection.get();
    }
    return switch (type) {
      case "Notification" -> notification(message, now);
      case "SubscriptionConfirmation" -> confirmation(message, topic);
      case "UnsubscribeConfirmation" -> new Accepted(List.of());
      default -> ProvedReceiver.malformed("a `Type` that SNS sends");
    };
  }

  private static Received notification(Json message, Instant now) {
    String text = message.text("Message");
    return Alarms.notified(Json.lenient(text == null ? "" : text))
        .<Received>map(alarm -> new Accepted(Alarms.alert(alarm, now).stream().toList()))
        .orElseGet(() -> ProvedReceiver.malformed("the message of an alarm of CloudWatch"));
  }

  private Received confirmation(Json message, String topic)
      throws SourceException, InterruptedException {
    Optional<URI> place = SnsCertificates.ofSns(message.text("SubscribeURL"));
    String token = message.text("Token");
    if (!confirms) {
      return new Refused(
          Refusal.FORGED,
          "subscriptions are not confirmed here; set `confirmSubscriptions`, or confirm it"
              + " yourself");
    }
    if (place.isEmpty() || token == null) {
      return new Refused(Refusal.FORGED, "its `SubscribeURL` is not of SNS");
    }
    String answer =
        fetching.fetch(
            Address.of("https://" + place.get().getHost())
                .folder()
                .with("Action", "ConfirmSubscription")
                .with("TopicArn", topic)
                .with("Token", token));
    if (!answer.contains("SubscriptionArn")) {
      throw new SourceException("SNS did not confirm the subscription");
    }
    return new Accepted(List.of());
  }
}
