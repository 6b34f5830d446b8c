package io.byteport.cli.http;

import io.byteport.cli.http.HttpLimits.Rate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each key: it fills at a rate, and is full at first. Buckets that were not
 * used for longest are forgotten where there are too many. Safe for several threads.
 */
final class TokenBuckets {
  private static final int MOST = 10_000;
  private static final double NANOS = 1e9;

  private final Rate rate;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST;
        }
      };

  private static final class Bucket {
    private double tokens;
    private long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }

  /**
   * @param nanos a clock that never goes back, as {@link System#nanoTime}
   */
  TokenBuckets(Rate rate, LongSupplier nanos) {
    this.rate = rate;
    this.nanos = nanos;
  }

  /** Takes one; false where there is none. */
  synchronized boolean take(String key) {
    Bucket bucket = filled(key);
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens -= 1;
    return true;
  }

  /** Whether there is one. */
  synchronized boolean has(String key) {
    return filled(key).tokens >= 1;
  }

  private Bucket filled(String key) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(key, fresh -> new Bucket(rate.burst(), now));
    double more = (now - bucket.at) / NANOS * rate.perSecond();
    bucket.tokens = Math.min(rate.burst(), bucket.tokens + more);
    bucket.at = now;
    return bucket;
  }

  /** How long an empty bucket needs for one. */
  Duration next() {
    return Duration.ofMillis((long) Math.ceil(1000 / rate.perSecond()));
  }
}
