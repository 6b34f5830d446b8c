package io.byteport.adapter.sql.server;

import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.connect.Endpoints;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** The servers of the inventory, each made when it is first needed. Safe for several threads. */
public final class Servers {
  private final Endpoints endpoints;
  private final Maker maker;
  private final Map<String, Server> made = new LinkedHashMap<>();

  /** Makes the server of an endpoint; does not connect. */
  @FunctionalInterface
  public interface Maker {
    Server make(Endpoint endpoint) throws ActionException;
  }

  public Servers(Endpoints endpoints, Maker maker) {
    this.endpoints = endpoints;
    this.maker = maker;
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  /**
   * The server of an entry.
   *
   * @throws ActionException if the inventory has no such entry, or it cannot be reached as written
   */
  public synchronized Server of(DatabaseRef database) throws ActionException {
    Endpoint endpoint = endpoints.of(database);
    Server server = made.get(endpoint.entry().name());
    if (server == null) {
      server = maker.make(endpoint);
      made.put(endpoint.entry().name(), server);
    }
    return server;
  }

  /**
   * The server of an entry where it can do what is asked.
   *
   * @param what for the message: {@code sql.replication}
   * @throws ActionException also if it is of a product that cannot
   */
  public <S extends Server> S of(DatabaseRef database, Class<S> able, String what)
      throws ActionException {
    Server server = of(database);
    if (!able.isInstance(server)) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "`"
              + what
              + "` cannot be asked of `"
              + database.name()
              + "`, which is of the type "
              + server.endpoint().product().word());
    }
    return able.cast(server);
  }
}
