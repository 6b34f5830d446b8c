package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What requests are signed with.
 *
 * @param session of temporary keys
 * @param expires of temporary keys; null for those that last
 */
record AwsKeys(String id, String secret, @Nullable String session, @Nullable Instant expires) {
  private static final Duration EARLY = Duration.ofMinutes(5);

  /** Keys that last. */
  static AwsKeys lasting(String id, String secret, @Nullable String session) {
    return new AwsKeys(id, secret, session == null || session.isEmpty() ? null : session, null);
  }

  /** The temporary keys that STS gives. */
  static AwsKeys of(Xml credentials) throws ActionException {
    return new AwsKeys(
        credentials.needed("AccessKeyId"),
        credentials.needed("SecretAccessKey"),
        credentials.needed("SessionToken"),
        Json.parseInstant(credentials.needed("Expiration")));
  }

  boolean isStale(Instant now) {
    return expires != null && !now.isBefore(expires.minus(EARLY));
  }

  @Override
  public String toString() {
    return "AWS keys " + id;
  }
}
