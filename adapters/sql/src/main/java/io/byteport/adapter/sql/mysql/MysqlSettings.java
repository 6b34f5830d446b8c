package io.byteport.adapter.sql.mysql;

import io.byteport.adapter.sql.model.Setting;
import io.byteport.adapter.sql.server.Parameter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Global variables. MySQL keeps what is set ({@code SET PERSIST}); MariaDB has nothing of the kind,
 * and forgets it at its next start.
 */
final class MysqlSettings {
  private static final Set<String> SWITCH = Set.of("ON", "OFF");

  private MysqlSettings() {}

  static List<Setting> read(Connection connection, List<String> names) throws SQLException {
    List<Setting> settings = new ArrayList<>();
    if (names.isEmpty()) {
      return settings;
    }
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SHOW GLOBAL VARIABLES WHERE variable_name IN (" + marks + ")")) {
      for (int i = 0; i < names.size(); i++) {
        statement.setString(i + 1, names.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String value = row.getString(2);
          settings.add(
              new Setting(
                  row.getString(1).toLowerCase(Locale.ROOT), value == null ? "" : value, null));
        }
      }
    }
    return settings;
  }

  /** A variable that is a whole number. */
  static int number(Connection connection, String name) throws SQLException {
    return read(connection, List.of(name)).stream()
        .findFirst()
        .map(setting -> Integer.parseInt(setting.value()))
        .orElseThrow(() -> new SQLException("the server has no variable " + name));
  }

  static Optional<Parameter> parameter(Connection connection, String name) throws SQLException {
    if (!name.matches("[A-Za-z0-9_]{1,64}")) {
      return Optional.empty();
    }
    return Processes.isMariadb(connection)
        ? mariadbs(connection, name)
        : read(connection, List.of(name)).stream().findFirst().map(MysqlSettings::mysqls);
  }

  /** MySQL does not say of what type a variable is; its value does, as far as it matters. */
  private static Parameter mysqls(Setting setting) {
    Parameter.Type type =
        setting.value().matches("-?\\d+(\\.\\d+)?")
            ? Parameter.Type.NUMBER
            : SWITCH.contains(setting.value()) ? Parameter.Type.BOOLEAN : Parameter.Type.TEXT;
    return new Parameter(setting.name(), setting.value(), type, List.of(), false, true);
  }

  private static Optional<Parameter> mariadbs(Connection connection, String name)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT variable_name, global_value, variable_type, enum_value_list"
                + " FROM information_schema.system_variables WHERE variable_name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String value = row.getString("global_value");
        String words = row.getString("enum_value_list");
        return Optional.of(
            new Parameter(
                row.getString("variable_name").toLowerCase(Locale.ROOT),
                value == null ? "" : value,
                type(row.getString("variable_type")),
                words == null ? List.of() : Arrays.asList(words.split(",")),
                false,
                false));
      }
    }
  }

  private static Parameter.Type type(String written) {
    return switch (written) {
      case "BOOLEAN" -> Parameter.Type.BOOLEAN;
      case "ENUM" -> Parameter.Type.ENUM;
      case "DOUBLE" -> Parameter.Type.NUMBER;
      default -> written.contains("INT") ? Parameter.Type.NUMBER : Parameter.Type.TEXT;
    };
  }

  /** The name is the server's own spelling; the value is bound. */
  static void write(Connection connection, Parameter parameter, String value) throws SQLException {
    String scope = parameter.survivesRestart() ? "SET PERSIST " : "SET GLOBAL ";
    try (PreparedStatement statement =
        connection.prepareStatement(scope + MysqlValues.name(parameter.name()) + " = ?")) {
      if (parameter.type() == Parameter.Type.NUMBER) {
        BigDecimal number = new BigDecimal(value);
        if (number.scale() <= 0) {
          statement.setLong(1, number.longValueExact());
        } else {
          statement.setBigDecimal(1, number);
        }
      } else {
        statement.setString(1, value);
      }
      statement.execute();
    }
  }

  static Optional<String> written(Connection connection, Parameter parameter) throws SQLException {
    if (!parameter.survivesRestart()) {
      return Optional.of(parameter.value());
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT variable_value FROM performance_schema.persisted_variables"
                + " WHERE variable_name = ?")) {
      statement.setString(1, parameter.name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }
}
