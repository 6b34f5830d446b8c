package io.byteport.engine.channel;

import io.byteport.engine.spi.Inventory;
import java.time.InstantSource;

/**
 * One kind of channel, as {@code type} of a channel names it; found by {@link
 * java.util.ServiceLoader}. Its settings and credentials are declared in the section {@code
 * channels} of a catalogue, with what it is to runbooks: mail, chat, page, issue, room.
 */
public interface ChannelType {

  /** As it is written after {@code type}: {@code slack-webhook}. */
  String name();

  /**
   * Makes a channel. Must not connect, and reads no secret.
   *
   * @param entry its settings and credentials, checked against what is declared
   */
  Channel open(Inventory.Entry entry, InstantSource clock);
}
