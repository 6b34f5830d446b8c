package io.byteport.engine.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one channel is doing.
 *
 * @param waiting messages that were not sent yet
 * @param dead messages that were given up
 * @param sentAt when it last took one; null for never
 * @param error what it said when it last refused one that still waits; null where none was refused
 */
public record ChannelLoad(
    String channel, long waiting, long dead, @Nullable Instant sentAt, @Nullable String error) {}
