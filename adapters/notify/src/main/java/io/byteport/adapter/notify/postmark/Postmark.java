package io.byteport.adapter.notify.postmark;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Answer;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.http.Destination;
import io.byteport.adapter.notify.http.Json;
import io.byteport.adapter.notify.http.Request;
import io.byteport.adapter.notify.http.Transport;
import io.byteport.adapter.notify.http.Verdict;
import io.byteport.adapter.notify.mail.Addresses;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.channel.Message;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Sends mail through Postmark, by a server's token. */
public final class Postmark implements Channel {
  private final ChannelSettings settings;
  private final Destination destination;
  private final Addresses addresses;
  private final Secret token;
  private final Transport transport;

  /** {@code postmark}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "postmark";
    }

    @Override
    public Postmark open(Inventory.Entry entry, InstantSource clock) {
      return new Postmark(new ChannelSettings(entry), new Transport(clock));
    }
  }

  Postmark(ChannelSettings settings, Transport transport) {
    this.settings = settings;
    this.destination = settings.destination("address", "https://api.postmarkapp.com");
    this.addresses = Addresses.of(settings);
    this.token = settings.credential("token");
    this.transport = transport;
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    String server = settings.reveal(token);
    String stream = settings.text("stream").orElse("outbound");
    Map<String, Object> mail = PostmarkMail.of(new Telling(message), addresses, stream);
    Request request =
        Request.json("POST", destination.at("email"), mail)
            .header("Accept", "application/json")
            .header("X-Postmark-Server-Token", server, server);
    Answer answer = transport.send(request, Postmark::words);
    String code = Json.text(answer.json(), "ErrorCode");
    if (!code.isEmpty() && !code.equals("0")) {
      throw ChannelException.never(Verdict.message(answer, words(answer)), null);
    }
  }

  /** {@code 300: Invalid 'To' address}. */
  private static String words(Answer answer) {
    JsonNode said = answer.json();
    String words = Json.text(said, "Message");
    return words.isEmpty() ? answer.text() : Json.text(said, "ErrorCode") + ": " + words;
  }

  @Override
  public void close() {
    transport.close();
  }
}
