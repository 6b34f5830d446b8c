package io.byteport.adapter.alerts.proof;

import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Received.Refused;
import io.byteport.engine.source.SourceException;
import java.util.Optional;

/** Whether a request was sent by whom it should be. Safe for several threads. */
@FunctionalInterface
public interface Proof {

  /** Lets everything in: for a source that has no credential to judge by. */
  Proof NONE = delivered -> Optional.empty();

  /**
   * What speaks against it; empty where it is genuine. Takes a time that does not depend on how
   * much of a signature is right.
   *
   * @throws SourceException if it cannot be judged now
   */
  Optional<Refused> objection(Delivered delivered) throws SourceException, InterruptedException;

  /** This one, and where it has nothing against it, the other one. */
  default Proof and(Proof other) {
    return delivered -> {
      Optional<Refused> first = objection(delivered);
      return first.isPresent() ? first : other.objection(delivered);
    };
  }

  static Optional<Refused> unsigned(String reason) {
    return Optional.of(new Refused(Refusal.UNSIGNED, reason));
  }

  static Optional<Refused> forged(String reason) {
    return Optional.of(new Refused(Refusal.FORGED, reason));
  }

  static Optional<Refused> replayed(String reason) {
    return Optional.of(new Refused(Refusal.REPLAYED, reason));
  }
}
