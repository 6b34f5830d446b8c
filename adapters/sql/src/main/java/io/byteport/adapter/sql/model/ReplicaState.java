package io.byteport.adapter.sql.model;

/** What a WAL sender is at. */
public enum ReplicaState {
  STARTUP,
  CATCHUP,
  STREAMING,
  BACKUP,
  STOPPING
}
