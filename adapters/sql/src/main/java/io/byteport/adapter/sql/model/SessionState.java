package io.byteport.adapter.sql.model;

/** What a session is at. */
public enum SessionState {
  /** Runs a statement. */
  ACTIVE,
  /** Waits for the client, outside of a transaction. */
  IDLE,
  /** Waits for the client within a transaction, a failed one included. */
  IDLE_IN_TRANSACTION,
  /** Anything else, such as a login that is under way. */
  OTHER
}
