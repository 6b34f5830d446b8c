package io.byteport.engine.connection;

import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the inventory of connections that were found sound. */
public final class InventoryMaker {
  private InventoryMaker() {}

  /**
   * One entry for each connection, in order. Reads no secret. A credential that is written out,
   * such as the name of a user, is a setting, too, for those who only show it.
   */
  public static Inventory make(List<Connection> connections, SecretSources sources) {
    return new Inventory(connections.stream().map(one -> entry(one, sources)).toList());
  }

  private static Inventory.Entry entry(Connection connection, SecretSources sources) {
    Map<String, Value> settings = new LinkedHashMap<>(connection.settings());
    Map<String, Secret> credentials = new LinkedHashMap<>();
    connection
        .written()
        .forEach(
            (name, text) -> {
              settings.putIfAbsent(name, Value.of(text));
              credentials.put(name, open(text));
            });
    for (Map.Entry<String, SecretReference> secret : connection.secrets().entrySet()) {
      credentials.put(secret.getKey(), sources.secret(secret.getValue()));
    }
    return new Inventory.Entry(
        connection.kind(),
        connection.type(),
        connection.name(),
        connection.aliases(),
        settings,
        credentials,
        connection.labels(),
        connection.annotations());
  }

  /** What is written out is no secret, such as the name of a user: it is not redacted. */
  private static Secret open(String text) {
    return new Secret("the configuration", () -> text, any -> {});
  }
}
