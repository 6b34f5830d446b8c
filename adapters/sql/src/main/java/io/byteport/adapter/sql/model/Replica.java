package io.byteport.adapter.sql.model;

import io.byteport.dsl.value.DataSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A WAL sender of a primary, and how far its replica is behind in each stage.
 *
 * @param name its application_name
 * @param database the inventory's entry of that name or alias
 * @param sendGap written by the primary, not sent
 * @param writeGap sent, not received
 * @param flushGap received, not on disk
 * @param replayGap on disk, not replayed
 * @param replayLag null on an idle replica that has caught up
 * @param replyAge since the replica's last word
 */
public record Replica(
    String name,
    @Nullable Database database,
    @Nullable String client,
    ReplicaState state,
    SyncState syncState,
    @Nullable String sentLsn,
    @Nullable String writeLsn,
    @Nullable String flushLsn,
    @Nullable String replayLsn,
    DataSize sendGap,
    DataSize writeGap,
    DataSize flushGap,
    DataSize replayGap,
    DataSize totalGap,
    @Nullable Duration writeLag,
    @Nullable Duration flushLag,
    @Nullable Duration replayLag,
    @Nullable Duration replyAge) {}
