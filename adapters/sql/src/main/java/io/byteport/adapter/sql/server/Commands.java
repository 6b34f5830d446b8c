package io.byteport.adapter.sql.server;

import io.byteport.adapter.sql.connect.Client;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.function.Function;

/** The commands that do the same as the actions, for the product that an entry speaks. No I/O. */
public final class Commands {
  private Commands() {}

  /** A statement for each product. */
  public static List<String> of(
      Servers servers, DatabaseRef database, String postgres, String mysql, String mongodb) {
    try {
      Endpoint endpoint = servers.endpoints().of(database);
      return Client.command(
          endpoint,
          switch (endpoint.product()) {
            case POSTGRES, PGBOUNCER -> postgres;
            case MYSQL, MARIADB -> mysql;
            case MONGODB -> mongodb;
          });
    } catch (ActionException e) {
      return List.of("psql", "-c", postgres);
    }
  }

  /** A statement that only PostgreSQL understands. */
  public static List<String> of(Servers servers, DatabaseRef database, String postgres) {
    return of(servers, database, postgres, postgres, postgres);
  }

  /** A statement that a server words itself. */
  public static List<String> sql(
      Servers servers,
      DatabaseRef database,
      Function<SqlServer, String> postgres,
      Function<SqlServer, String> mysql) {
    try {
      SqlServer server = servers.of(database, SqlServer.class, "a statement");
      return Client.command(
          server.endpoint(),
          switch (server.dialect()) {
            case POSTGRES -> postgres.apply(server);
            case MYSQL -> mysql.apply(server);
          });
    } catch (ActionException | IllegalArgumentException e) {
      return List.of("echo", "not a command: " + e.getMessage());
    }
  }
}
