package io.byteport.adapter.sql.model;

/** What a replication slot is for. */
public enum SlotKind {
  PHYSICAL,
  LOGICAL
}
