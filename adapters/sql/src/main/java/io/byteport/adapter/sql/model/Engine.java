package io.byteport.adapter.sql.model;

/** What a database is to runbooks. */
public enum Engine {
  POSTGRES,
  MYSQL,
  MONGODB
}
