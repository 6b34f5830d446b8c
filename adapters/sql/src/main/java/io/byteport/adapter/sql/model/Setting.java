package io.byteport.adapter.sql.model;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a server.
 *
 * @param unit of the value, such as {@code 8kB} or {@code ms}; null for none
 */
public record Setting(String name, String value, @Nullable String unit) {}
