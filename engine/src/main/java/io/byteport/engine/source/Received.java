package io.byteport.engine.source;

import java.util.List;

/** What a receiver makes of a request. */
public sealed interface Received {

  /**
   * It is genuine and was understood.
   *
   * @param alerts empty where it says nothing about trouble, such as a greeting
   */
  record Accepted(List<Alert> alerts) implements Received {
    public Accepted {
      alerts = List.copyOf(alerts);
    }
  }

  /** Nothing of it is taken. */
  record Refused(Refusal refusal, String reason) implements Received {}

  /** Why nothing is taken; the word is what metrics count. */
  enum Refusal {
    /** It is not signed, or its token is missing. */
    UNSIGNED,
    /** Its signature or its token is wrong. */
    FORGED,
    /** It is genuine, and older than the replay window, or was seen before. */
    REPLAYED,
    /** It is genuine, and not what the source sends. */
    MALFORMED
  }
}
