package io.byteport.cli.http;

import io.byteport.dsl.agent.HttpSettings;
import java.time.Duration;

/**
 * How much is taken from whom, and how long anybody may take to say it.
 *
 * @param bodyBytes the largest body
 * @param bufferedBytes of all bodies that are being read
 * @param perSource requests of one source
 * @param failedLogins wrong tokens from one address
 * @param connections open at the same time
 * @param webhooks that are judged at the same time; others wait for a moment
 * @param streams of events, open at the same time
 * @param idle how long a connection may say nothing between two requests
 * @param headersWithin from the first byte of a request to the end of its head, and from the
 *     beginning of a connection to the first byte of its first request
 * @param bodyWithin from the end of the head to the end of the body
 * @param grace for what is under way when the server stops
 * @param certificateCheck how often it is looked whether the certificate has changed
 * @param beat how often a stream of events says that it is alive
 */
public record HttpLimits(
    int bodyBytes,
    long bufferedBytes,
    Rate perSource,
    Rate failedLogins,
    int connections,
    int webhooks,
    int streams,
    Duration idle,
    Duration headersWithin,
    Duration bodyWithin,
    Duration grace,
    Duration certificateCheck,
    Duration beat) {

  /** As many bodies as large as they may be are read at the same time, at least. */
  private static final int BODIES = 8;

  private static final long BUFFERED = 64L << 20;

  public static final HttpLimits STANDARD = of(HttpSettings.STANDARD);

  /** What a configuration leaves open is as it is meant for everybody. */
  public static HttpLimits of(HttpSettings settings) {
    return new HttpLimits(
        (int) settings.body().bytes(),
        Math.max(BUFFERED, BODIES * settings.body().bytes()),
        new Rate(settings.source().perSecond(), settings.source().burst()),
        new Rate(0.2, 10),
        settings.connections(),
        settings.webhooks(),
        settings.streams(),
        settings.idle(),
        settings.headWithin(),
        settings.bodyWithin(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15));
  }

  /**
   * @param perSecond in the long run
   * @param burst at once
   */
  public record Rate(double perSecond, int burst) {}
}
