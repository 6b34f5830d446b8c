package io.byteport.engine.connection;

import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the inventory of connections that were found sound. */
public final class InventoryMaker {
  private InventoryMaker() {}

  /** One entry for each connection, in order. Reads no secret. */
  public static Inventory make(List<Connection> connections, SecretSources sources) {
    return new Inventory(connections.stream().map(one -> entry(one, sources)).toList());
  }

  private static Inventory.Entry entry(Connection connection, SecretSources sources) {
    Map<String, Secret> credentials = new LinkedHashMap<>();
    connection.written().forEach((name, text) -> credentials.put(name, open(text)));
    for (Map.Entry<String, SecretReference> secret : connection.secrets().entrySet()) {
      credentials.put(secret.getKey(), sources.secret(secret.getValue()));
    }
    return new Inventory.Entry(
        connection.kind(),
        connection.type(),
        connection.name(),
        connection.aliases(),
        connection.settings(),
        credentials,
        connection.labels(),
        connection.annotations());
  }

  /** What is written out is no secret, such as the name of a user: it is not redacted. */
  private static Secret open(String text) {
    return new Secret("the configuration", () -> text, any -> {});
  }
}
