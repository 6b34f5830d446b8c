package io.byteport.adapter.sql.postgres;

import io.byteport.adapter.sql.model.Setting;
import io.byteport.adapter.sql.server.Parameter;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings in {@code pg_settings}, and those that {@code ALTER SYSTEM} has written. */
final class PostgresSettings {
  /** Settings whose values hold secrets. */
  private static final Set<String> SECRET =
      Set.of("primary_conninfo", "ssl_passphrase_command", "archive_command", "restore_command");

  private PostgresSettings() {}

  static List<Setting> read(Connection connection, List<String> names) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name, setting, unit FROM pg_settings WHERE name = ANY (?) ORDER BY name")) {
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      List<Setting> settings = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String name = row.getString("name");
          String value = row.getString("setting");
          settings.add(
              new Setting(
                  name,
                  SECRET.contains(name) ? "(not shown)" : value == null ? "" : value,
                  row.getString("unit")));
        }
      }
      return settings;
    }
  }

  static Optional<Parameter> parameter(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name, setting, vartype, context, category, enumvals FROM pg_settings"
                + " WHERE name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String setting = row.getString("setting");
        return Optional.of(
            new Parameter(
                row.getString("name"),
                setting == null ? "" : setting,
                type(row.getString("vartype"), row.getString("category")),
                words(row.getArray("enumvals")),
                row.getString("context").equals("postmaster"),
                true));
      }
    }
  }

  /** What developers of the server play with counts as a text: it is not written. */
  private static Parameter.Type type(String vartype, String category) {
    if (category.startsWith("Developer") || category.startsWith("Preset")) {
      return Parameter.Type.TEXT;
    }
    return switch (vartype) {
      case "bool" -> Parameter.Type.BOOLEAN;
      case "integer", "real" -> Parameter.Type.AMOUNT;
      case "enum" -> Parameter.Type.ENUM;
      default -> Parameter.Type.TEXT;
    };
  }

  private static List<String> words(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /** The server itself quotes the name and the value. */
  static void write(Connection connection, String name, String value)
      throws SQLException, ActionException {
    String sql;
    try (PreparedStatement quoted =
        connection.prepareStatement(
            "SELECT format('ALTER SYSTEM SET %I = %L', s.name, ?::text)"
                + " FROM pg_settings s WHERE s.name = ?")) {
      quoted.setString(1, value);
      quoted.setString(2, name);
      try (ResultSet row = quoted.executeQuery()) {
        if (!row.next()) {
          throw ActionException.refused(
              FailureKind.NOT_FOUND, "there is no setting `" + name + "`");
        }
        sql = row.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  static Optional<String> written(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT setting FROM pg_file_settings WHERE name = ? ORDER BY seqno DESC LIMIT 1")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }
}
