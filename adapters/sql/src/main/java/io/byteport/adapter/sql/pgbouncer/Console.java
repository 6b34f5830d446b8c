package io.byteport.adapter.sql.pgbouncer;

import io.byteport.adapter.sql.connect.Access;
import io.byteport.adapter.sql.connect.Client;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.connect.Endpoints;
import io.byteport.adapter.sql.connect.Lines;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.engine.spi.ActionException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The consoles of the PgBouncers in front of databases. Safe for several threads. */
public final class Console {
  private static final int MOST_ROWS = 20_000;

  private final Endpoints endpoints;
  private final Lines lines;

  public Console(Endpoints endpoints, Lines lines) {
    this.endpoints = endpoints;
    this.lines = lines;
  }

  /** The console of a database's pooler; null where it has none. */
  @Nullable Endpoint of(DatabaseRef database) throws ActionException {
    return endpoints.pooler(database);
  }

  /** The name of a database behind its pooler; null for all, as for the pooler itself. */
  @Nullable String dbname(DatabaseRef database, Endpoint console) throws ActionException {
    Endpoint endpoint = endpoints.of(database);
    return endpoint.entry().name().equals(console.entry().name())
        ? null
        : endpoint.address().dbname();
  }

  /** The rows that a command answers with, as texts by column. */
  List<Map<String, String>> ask(Endpoint console, Command command, Deadline deadline)
      throws ActionException, InterruptedException {
    return lines
        .to(console)
        .call(
            Access.READ,
            deadline,
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery(command.words())) {
                return texts(rows);
              }
            });
  }

  /** Says what has no answer. */
  void tell(Endpoint console, Command command, Deadline deadline)
      throws ActionException, InterruptedException {
    lines
        .to(console)
        .call(
            Access.CHANGE,
            deadline,
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute(command.words());
              }
            });
  }

  /** The command line that says the same. No I/O. */
  List<String> shown(DatabaseRef database, Command command) {
    try {
      Endpoint console = of(database);
      if (console != null) {
        return Client.command(console, command.words() + ";");
      }
    } catch (ActionException e) {
      return List.of("echo", "not a command: " + e.reason());
    }
    return List.of("echo", "`" + database.name() + "` has no pooler");
  }

  private static List<Map<String, String>> texts(ResultSet rows) throws SQLException {
    List<Map<String, String>> texts = new ArrayList<>();
    int columns = rows.getMetaData().getColumnCount();
    while (texts.size() < MOST_ROWS && rows.next()) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 1; i <= columns; i++) {
        String text = rows.getString(i);
        row.put(rows.getMetaData().getColumnLabel(i), text == null ? "" : text);
      }
      texts.add(row);
    }
    return texts;
  }
}
