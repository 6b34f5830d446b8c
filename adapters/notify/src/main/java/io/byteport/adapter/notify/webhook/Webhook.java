package io.byteport.adapter.notify.webhook;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Answer;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.http.Destination;
import io.byteport.adapter.notify.http.Json;
import io.byteport.adapter.notify.http.Request;
import io.byteport.adapter.notify.http.Transport;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.channel.Message;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Posts every message as JSON to an address of the operator's, signed where there is a secret for
 * that. The same message has the same {@code Idempotency-Key} however often it is sent.
 */
public final class Webhook implements Channel {
  private final ChannelSettings settings;
  private final Destination destination;
  private final Optional<Secret> secret;
  private final Optional<Secret> token;
  private final Transport transport;

  /** {@code webhook}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "webhook";
    }

    @Override
    public Webhook open(Inventory.Entry entry, InstantSource clock) {
      return new Webhook(new ChannelSettings(entry), new Transport(clock));
    }
  }

  Webhook(ChannelSettings settings, Transport transport) {
    this.settings = settings;
    this.destination = settings.destination("address", settings.needed("address"));
    this.secret = settings.perhaps("secret");
    this.token = settings.perhaps("token");
    this.transport = transport;
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    Telling telling = new Telling(message);
    String body = Json.write(Envelope.of(telling, settings.entry().name()));
    Request request =
        Request.post(destination.base(), body).header("Idempotency-Key", telling.key());
    if (secret.isPresent()) {
      Instant now = transport.clock().instant();
      String key = settings.reveal(secret.get());
      request =
          request
              .header(Seal.TIMESTAMP, Long.toString(now.getEpochSecond()))
              .header(Seal.SIGNATURE, Seal.of(key, now, body), key);
    }
    if (token.isPresent()) {
      String bearer = settings.reveal(token.get());
      request = request.header("Authorization", "Bearer " + bearer, bearer);
    }
    transport.send(request, Answer::text);
  }

  @Override
  public void close() {
    transport.close();
  }
}
