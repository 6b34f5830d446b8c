package io.byteport.engine.source;

/** Judges and reads what a source sends. */
@FunctionalInterface
public interface Receiver {

  /**
   * Checks who sent it before it reads it, in a time that does not depend on how much of a
   * signature is right, and never throws for what the body may be.
   *
   * @throws SourceException if it cannot be judged now, such as because a secret cannot be read;
   *     the sender is told to try again
   */
  Received receive(Delivered delivered) throws SourceException, InterruptedException;
}
