package io.byteport.adapter.notify.pagerduty;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Triggers, acknowledges and resolves incidents in PagerDuty, by a service's routing key. */
public final class PagerDuty implements Channel {
  private final ChannelSettings settings;
  private final Destination destination;
  private final Secret routingKey;
  private final Transport transport;

  /** {@code pagerduty-events}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "pagerduty-events";
    }

    @Override
    public PagerDuty open(Inventory.Entry entry, InstantSource clock) {
      return new PagerDuty(new ChannelSettings(entry), new Transport(clock));
    }
  }

  PagerDuty(ChannelSettings settings, Transport transport) {
    this.settings = settings;
    this.destination = settings.destination("address", "https://events.pagerduty.com");
    this.routingKey = settings.credential("routingKey");
    this.transport = transport;
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    String key = settings.reveal(routingKey);
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("routing_key", key);
    event.putAll(PagerDutyEvent.of(new Telling(message)));
    Request request = Request.post(destination.at("v2", "enqueue"), Json.write(event)).hiding(key);
    transport.send(request, PagerDuty::words);
  }

  /** {@code invalid event: Event object is invalid: 'payload.severity' is missing}. */
  private static String words(Answer answer) {
    JsonNode said = answer.json();
    List<String> words = new ArrayList<>();
    for (String field : List.of("status", "message")) {
      if (!Json.text(said, field).isEmpty()) {
        words.add(Json.text(said, field));
      }
    }
    said.path("errors").forEach(error -> words.add(error.asString("")));
    return words.isEmpty() ? answer.text() : String.join(": ", words);
  }

  @Override
  public void close() {
    transport.close();
  }
}
