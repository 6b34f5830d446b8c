package io.byteport.adapter.alerts.proof;

import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Receiver;
import io.byteport.engine.source.SourceException;
import java.util.Optional;
import java.util.function.Function;

/** Reads what proves to be genuine. */
public record ProvedReceiver(Proof proof, Function<Delivered, Received> reading)
    implements Receiver {

  @Override
  public Received receive(Delivered delivered) throws SourceException, InterruptedException {
    Optional<Received.Refused> objection = proof.objection(delivered);
    return objection.isPresent() ? objection.get() : reading.apply(delivered);
  }

  /** What is said where a genuine body is not what the source sends. */
  public static Received malformed(String expected) {
    return new Received.Refused(Received.Refusal.MALFORMED, "expected " + expected);
  }
}
