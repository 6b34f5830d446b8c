package io.byteport.cli.http;

import io.byteport.cli.http.HttpLimits.Rate;
import java.time.Duration;

/** The standard limits with a generous time for everything, but for what a test makes narrow. */
record Limits(
    int body,
    Rate perSource,
    Rate failedLogins,
    int webhooks,
    int streams,
    Duration head,
    Duration bodyWithin) {

  static Limits standard() {
    HttpLimits standard = HttpLimits.STANDARD;
    return new Limits(
        standard.bodyBytes(),
        standard.perSource(),
        standard.failedLogins(),
        standard.webhooks(),
        standard.streams(),
        Lab.PATIENCE,
        Lab.PATIENCE);
  }

  Limits body(int bytes) {
    return new Limits(bytes, perSource, failedLogins, webhooks, streams, head, bodyWithin);
  }

  Limits perSource(Rate rate) {
    return new Limits(body, rate, failedLogins, webhooks, streams, head, bodyWithin);
  }

  Limits failedLogins(Rate rate) {
    return new Limits(body, perSource, rate, webhooks, streams, head, bodyWithin);
  }

  Limits webhooks(int most) {
    return new Limits(body, perSource, failedLogins, most, streams, head, bodyWithin);
  }

  Limits streams(int most) {
    return new Limits(body, perSource, failedLogins, webhooks, most, head, bodyWithin);
  }

  Limits head(Duration within) {
    return new Limits(body, perSource, failedLogins, webhooks, streams, within, bodyWithin);
  }

  Limits bodyWithin(Duration within) {
    return new Limits(body, perSource, failedLogins, webhooks, streams, head, within);
  }

  HttpLimits all() {
    return new HttpLimits(
        body,
        HttpLimits.STANDARD.bufferedBytes(),
        perSource,
        failedLogins,
        HttpLimits.STANDARD.connections(),
        webhooks,
        streams,
        Lab.PATIENCE,
        head,
        bodyWithin,
        HttpLimits.STANDARD.grace(),
        Duration.ofMillis(50),
        Duration.ofMillis(200));
  }
}
