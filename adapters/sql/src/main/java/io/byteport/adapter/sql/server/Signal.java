package io.byteport.adapter.sql.server;

/** What is asked of a session. */
public enum Signal {
  /** To give up its statement. */
  CANCEL,
  /** To end. */
  TERMINATE
}
