package io.byteport.engine.outbox;

import io.byteport.engine.channel.Message;

/**
 * A message, and where it goes.
 *
 * @param channel the channel's name; {@code source:NAME} for a source that hears what became of its
 *     alert
 */
public record Envelope(String channel, Message message) {}
