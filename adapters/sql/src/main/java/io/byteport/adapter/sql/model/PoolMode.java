package io.byteport.adapter.sql.model;

/** When a client gives its connection back. */
public enum PoolMode {
  SESSION,
  TRANSACTION,
  STATEMENT
}
