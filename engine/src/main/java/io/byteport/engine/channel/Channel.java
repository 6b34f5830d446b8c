package io.byteport.engine.channel;

/**
 * One configured way to tell people. Opens connections when first used; safe for several threads.
 */
public interface Channel extends AutoCloseable {

  /**
   * Sends one message, once: trying again is the caller's. May be called again for a message that
   * was sent before a crash; where the other side knows a key for that, it is used.
   *
   * @throws ChannelException if it was not taken
   */
  void send(Message message) throws ChannelException, InterruptedException;

  @Override
  default void close() {}
}
