package io.byteport.adapter.sql.server;

import io.byteport.dsl.value.Value;
import java.util.List;
import java.util.Map;

/**
 * What a statement selected.
 *
 * @param more whether there was more than is here
 */
public record Rows(List<Map<String, Value>> rows, boolean more) {
  /** How many rows are read. */
  public static final int MOST = 1_000;

  public Rows {
    rows = List.copyOf(rows);
  }
}
