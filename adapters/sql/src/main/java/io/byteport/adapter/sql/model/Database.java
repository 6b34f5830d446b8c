package io.byteport.adapter.sql.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the inventory with what runbooks may see of it.
 *
 * @param address host and port
 * @param pooler the inventory's name of its PgBouncer
 */
public record Database(
    String name,
    Engine engine,
    String address,
    @Nullable String dbname,
    @Nullable String pooler,
    @Nullable Database replicaOf,
    Map<String, String> labels,
    Map<String, String> annotations) {
  public Database {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }
}
