package io.byteport.adapter.sql.model;

/** An entry of the inventory, by its name. */
public record DatabaseRef(String name) {}
