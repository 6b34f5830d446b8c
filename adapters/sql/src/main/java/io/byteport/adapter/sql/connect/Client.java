package io.byteport.adapter.sql.connect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a product's own client that says the same to the same server, word by word
 * and without a password. Pure.
 */
public final class Client {
  private Client() {}

  /** A command that sends one statement. */
  public static List<String> command(Endpoint endpoint, String statement) {
    return switch (endpoint.product()) {
      case POSTGRES, PGBOUNCER -> psql(endpoint, statement);
      case MYSQL, MARIADB -> mysql(endpoint, statement);
      case MONGODB ->
          List.of(
              "mongosh",
              "--host",
              endpoint.address().host(),
              "--port",
              Integer.toString(endpoint.address().port()),
              "--eval",
              statement);
    };
  }

  private static List<String> psql(Endpoint endpoint, String statement) {
    boolean console = endpoint.product() == Product.PGBOUNCER;
    @Nullable String named = endpoint.address().dbname();
    String dbname = named == null ? (console ? "pgbouncer" : "postgres") : named;
    StringBuilder where = new StringBuilder();
    where.append("host=").append(quoted(endpoint.address().host()));
    where.append(" port=").append(endpoint.address().port());
    where.append(" dbname=").append(quoted(dbname));
    endpoint
        .entry()
        .text("username")
        .ifPresent(user -> where.append(" user=").append(quoted(user)));
    return List.of("psql", where.toString(), "-c", statement);
  }

  /** A value of a connection string, whatever is in it. */
  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9._:-]+")
        ? value
        : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static List<String> mysql(Endpoint endpoint, String statement) {
    List<String> words = new ArrayList<>();
    words.add(endpoint.product().word());
    words.add("--host=" + endpoint.address().host());
    words.add("--port=" + endpoint.address().port());
    endpoint.entry().text("username").ifPresent(user -> words.add("--user=" + user));
    if (endpoint.address().dbname() != null) {
      words.add("--database=" + endpoint.address().dbname());
    }
    words.add("--execute=" + statement);
    return words;
  }
}
