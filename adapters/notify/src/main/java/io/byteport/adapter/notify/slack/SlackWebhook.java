package io.byteport.adapter.notify.slack;

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
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An incoming webhook of Slack. Its address is a secret: whoever knows it may write.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Incoming
 *     webhooks</a>
 */
public final class SlackWebhook implements Channel {
  private final ChannelSettings settings;
  private final Secret address;
  private final Transport transport;

  /** {@code slack-webhook}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "slack-webhook";
    }

    @Override
    public SlackWebhook open(Inventory.Entry entry, InstantSource clock) {
      return new SlackWebhook(new ChannelSettings(entry), new Transport(clock));
    }
  }

  SlackWebhook(ChannelSettings settings, Transport transport) {
    this.settings = settings;
    this.address = settings.credential("address");
    this.transport = transport;
  }

  /** What is posted. */
  static Map<String, Object> payload(Telling telling, Optional<String> channel) {
    Map<String, Object> payload = new LinkedHashMap<>();
    channel.ifPresent(name -> payload.put("channel", name));
    payload.putAll(SlackBlocks.payload(telling));
    return payload;
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    Destination destination = settings.secretDestination(address);
    String body = Json.write(payload(new Telling(message), settings.text("channel")));
    Request request =
        Request.post(destination.base(), body).hiding(destination.base().getRawPath());
    transport.send(request, Answer::text);
  }

  @Override
  public void close() {
    transport.close();
  }
}
