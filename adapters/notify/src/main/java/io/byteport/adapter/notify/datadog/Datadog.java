package io.byteport.adapter.notify.datadog;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Answer;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.http.Destination;
import io.byteport.adapter.notify.http.Request;
import io.byteport.adapter.notify.http.Transport;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.channel.Message;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts what happened into Datadog's stream of events. */
public final class Datadog implements Channel {
  private static final Set<String> SITES =
      Set.of(
          "datadoghq.com",
          "datadoghq.eu",
          "us3.datadoghq.com",
          "us5.datadoghq.com",
          "ap1.datadoghq.com",
          "ap2.datadoghq.com",
          "ddog-gov.com");

  private final ChannelSettings settings;
  private final Destination destination;
  private final Secret apiKey;
  private final Transport transport;

  /** {@code datadog}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "datadog";
    }

    @Override
    public Datadog open(Inventory.Entry entry, InstantSource clock) {
      return new Datadog(new ChannelSettings(entry), new Transport(clock));
    }
  }

  Datadog(ChannelSettings settings, Transport transport) {
    this.settings = settings;
    this.destination = settings.destination("address", "https://api." + site(settings));
    this.apiKey = settings.credential("apiKey");
    this.transport = transport;
  }

  private static String site(ChannelSettings settings) {
    String site = settings.text("site").orElse("datadoghq.com");
    if (!SITES.contains(site)) {
      throw new IllegalArgumentException(
          "expected a site of Datadog such as `datadoghq.eu`, found `" + site + "`");
    }
    return site;
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    String key = settings.reveal(apiKey);
    Map<String, Object> event =
        DatadogEvent.of(new Telling(message), settings.entry().texts("tags"));
    Request request =
        Request.json("POST", destination.at("api", "v1", "events"), event)
            .header("DD-API-KEY", key, key);
    transport.send(request, Datadog::words);
  }

  /** Datadog says {@code {"errors": ["Forbidden"]}}. */
  private static String words(Answer answer) {
    List<String> words = new ArrayList<>();
    answer.json().path("errors").forEach(error -> words.add(error.asString("")));
    return words.isEmpty() ? answer.text() : String.join("; ", words);
  }

  @Override
  public void close() {
    transport.close();
  }
}
