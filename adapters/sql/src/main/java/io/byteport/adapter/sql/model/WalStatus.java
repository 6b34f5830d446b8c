package io.byteport.adapter.sql.model;

/** Whether the WAL that a slot needs is still there. */
public enum WalStatus {
  RESERVED,
  EXTENDED,
  UNRESERVED,
  LOST
}
