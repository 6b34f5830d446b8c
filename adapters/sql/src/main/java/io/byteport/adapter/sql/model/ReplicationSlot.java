package io.byteport.adapter.sql.model;

import io.byteport.dsl.value.DataSize;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot.
 *
 * @param walStatus null where the slot has reserved nothing yet
 * @param retained the WAL that is kept for it; null where it has reserved nothing
 */
public record ReplicationSlot(
    String name,
    SlotKind kind,
    boolean active,
    @Nullable WalStatus walStatus,
    @Nullable DataSize retained) {}
