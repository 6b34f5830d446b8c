package io.byteport.adapter.sql.statement;

/** Whose SQL a text is. */
public enum Dialect {
  POSTGRES,
  MYSQL
}
