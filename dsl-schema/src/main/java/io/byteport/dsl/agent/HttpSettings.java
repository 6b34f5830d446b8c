package io.byteport.dsl.agent;

import io.byteport.dsl.value.DataSize;
import java.time.Duration;

/**
 * How much an agent takes over HTTP, and how long anybody may take to say it.
 *
 * @param body the largest one
 * @param source how fast one source may send
 * @param webhooks requests of sources that are judged at the same time
 * @param connections open at the same time
 * @param streams of events, open at the same time
 * @param headWithin from the first byte of a request to the end of its head
 * @param bodyWithin from there to the end of the body
 * @param idle how long a connection may say nothing between two requests
 */
public record HttpSettings(
    DataSize body,
    Rate source,
    int webhooks,
    int connections,
    int streams,
    Duration headWithin,
    Duration bodyWithin,
    Duration idle) {

  /**
   * @param perSecond requests in the long run
   * @param burst at once
   */
  public record Rate(int perSecond, int burst) {}

  /** What holds where nothing is said. */
  public static final HttpSettings STANDARD =
      new HttpSettings(
          new DataSize(1 << 20),
          new Rate(5_000, 10_000),
          64,
          2048,
          200,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60));
}
