package io.byteport.adapter.sql.model;

/** Whether commits wait for a replica. */
public enum SyncState {
  ASYNC,
  POTENTIAL,
  SYNC,
  QUORUM
}
