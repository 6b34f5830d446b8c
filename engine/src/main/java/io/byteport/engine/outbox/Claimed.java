package io.byteport.engine.outbox;

import io.byteport.engine.channel.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that this process alone is to send now.
 *
 * @param attempts how often that was tried
 * @param triedAt when it was tried first; null for never
 */
public record Claimed(long id, int attempts, @Nullable Instant triedAt, Message message) {}
