package io.byteport.dsl.agent;

import io.byteport.dsl.agent.HttpSettings.Rate;
import io.byteport.dsl.value.DataSize;
import java.time.Duration;
import java.util.List;

/** Reads how much is taken over HTTP: {@code http}. */
final class HttpReader {
  private static final DataSize SMALLEST = new DataSize(16 << 10);
  private static final DataSize LARGEST = new DataSize(16 << 20);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_IDLE = Duration.ofHours(1);
  private static final int MOST_REQUESTS = 100_000;
  private static final int MOST_WEBHOOKS = 1_000;
  private static final int FEWEST_CONNECTIONS = 16;
  private static final int MOST_CONNECTIONS = 65_535;
  private static final int MOST_STREAMS = 10_000;
  private static final List<String> FIELDS =
      List.of(
          "body",
          "source",
          "webhooks",
          "connections",
          "streams",
          "headWithin",
          "bodyWithin",
          "idle");

  private final Fields document;

  HttpReader(Fields document) {
    this.document = document;
  }

  HttpSettings read() {
    HttpSettings usual = HttpSettings.STANDARD;
    Fields fields = document.fields("http", "a map with `body` and others");
    if (fields == null) {
      return usual;
    }
    fields.only(FIELDS, "`http`");
    return new HttpSettings(
        fields.size("body", usual.body(), SMALLEST, LARGEST),
        rate(fields, usual.source()),
        fields.number("webhooks", usual.webhooks(), 1, MOST_WEBHOOKS),
        fields.number("connections", usual.connections(), FEWEST_CONNECTIONS, MOST_CONNECTIONS),
        fields.number("streams", usual.streams(), 1, MOST_STREAMS),
        fields.duration("headWithin", usual.headWithin(), SHORTEST, LONGEST, null),
        fields.duration("bodyWithin", usual.bodyWithin(), SHORTEST, LONGEST, null),
        fields.duration("idle", usual.idle(), SHORTEST, LONGEST_IDLE, null));
  }

  private static Rate rate(Fields http, Rate usual) {
    Fields fields = http.fields("source", "a map with `perSecond` and `burst`");
    if (fields == null) {
      return usual;
    }
    fields.only(List.of("perSecond", "burst"), "`source`");
    int perSecond = fields.number("perSecond", usual.perSecond(), 1, MOST_REQUESTS);
    return new Rate(
        perSecond, fields.number("burst", Math.max(perSecond, usual.burst()), 1, MOST_REQUESTS));
  }
}
