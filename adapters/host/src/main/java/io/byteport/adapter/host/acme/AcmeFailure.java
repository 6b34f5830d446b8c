package io.byteport.adapter.host.acme;

import io.byteport.adapter.host.machine.Finished;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.Locale;

/** Says what a client's failure means, in the client's own words. */
final class AcmeFailure {
  private AcmeFailure() {}

  static ActionException of(Finished finished, Effect effect, Instant now) {
    String said = all(finished);
    return RateLimit.in(said, now)
        .map(limit -> limited(limit, effect))
        .orElseGet(
            () ->
                new ActionException(
                    kind(said),
                    effect,
                    "`"
                        + finished.program()
                        + "` ended with status "
                        + finished.exitCode()
                        + (said.isEmpty() ? "" : ": " + Said.end(said)),
                    null));
  }

  private static ActionException limited(RateLimit limit, Effect effect) {
    return new ActionException(
        FailureKind.REFUSED,
        effect,
        "the CA's rate limit is reached"
            + (limit.retryAt() == null ? "" : ", try again after " + limit.retryAt())
            + ": "
            + limit.words(),
        null);
  }

  /** Both outputs: certbot tells of the failure on one and of the reason on the other. */
  static String all(Finished finished) {
    return (finished.stdout().text().strip() + "\n" + finished.stderr().text().strip()).strip();
  }

  private static FailureKind kind(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("permission denied") || lower.contains("must be root")) {
      return FailureKind.FORBIDDEN;
    }
    if (lower.contains("no certificate found with name")) {
      return FailureKind.NOT_FOUND;
    }
    return lower.contains("another instance of certbot is already running")
        ? FailureKind.CONFLICT
        : FailureKind.REFUSED;
  }
}
