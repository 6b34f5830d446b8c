package io.byteport.adapter.sql.connect;

/** What is done with a connection. */
public enum Access {
  /** Reads, in a transaction in which the server allows nothing else. */
  READ,
  /** Statements that change the server, each on its own, outside of a transaction. */
  CHANGE
}
