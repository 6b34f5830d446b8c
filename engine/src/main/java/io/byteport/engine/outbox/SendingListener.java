package io.byteport.engine.outbox;

/** Hears what comes of attempts to send, such as to count it. Must not throw. */
@FunctionalInterface
public interface SendingListener {
  /** Hears nothing. */
  SendingListener SILENT = (channel, outcome) -> {};

  /**
   * @param channel its name
   */
  void ended(String channel, Outcome outcome);

  /** What came of an attempt. */
  enum Outcome {
    SENT,
    /** It is tried again. */
    LATER,
    /** It was given up. */
    DEAD
  }
}
