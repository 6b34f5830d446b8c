package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.HostAddress;

/**
 * MySQL and MariaDB, over MariaDB's driver. The two differ in how the time of a statement is
 * limited: MariaDB limits every statement, MySQL those that only select.
 */
final class MariadbWire implements Wire {

  @Override
  public Connection open(Endpoint endpoint, Duration timeout) throws SQLException, ActionException {
    Login login = endpoint.login();
    HostAddress address =
        HostAddress.from(endpoint.address().host(), endpoint.address().port(), true);
    Configuration.Builder settings =
        unset()
            .addresses(address)
            .connectTimeout(Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE))
            .connectionAttributes("program_name:" + Endpoint.APPLICATION)
            .tcpKeepAlive(true)
            .allowMultiQueries(false)
            .allowLocalInfile(false)
            .permitRedirect(false)
            .sslMode(mode(endpoint.tls().mode()));
    if (endpoint.address().dbname() != null) {
      settings.database(endpoint.address().dbname());
    }
    if (login.user() != null) {
      settings.user(login.user());
    }
    if (login.password() != null) {
      settings.password(login.password());
    }
    if (endpoint.tls().caFile() != null) {
      settings.serverSslCert(endpoint.tls().caFile());
    }
    return Driver.connect(settings.build());
  }

  /** A builder as the driver needs it; one made anew lacks what it then falls over. */
  private static Configuration.Builder unset() throws SQLException {
    Configuration parsed = Configuration.parse("jdbc:mariadb://localhost/");
    if (parsed == null) {
      throw new SQLException("the driver does not know its own addresses");
    }
    return parsed.toBuilder();
  }

  /** The driver knows no `prefer`: without the word, it goes without. */
  private static String mode(Tls.Mode mode) {
    return switch (mode) {
      case DISABLE, PREFER -> "disable";
      case REQUIRE -> "trust";
      case VERIFY_CA -> "verify-ca";
      case VERIFY_FULL -> "verify-full";
    };
  }

  @Override
  public void begin(Connection connection, Access access, Duration timeout) throws SQLException {
    long seconds = Math.max(1, timeout.toSeconds());
    boolean mariadb =
        connection
            .getMetaData()
            .getDatabaseProductName()
            .toLowerCase(Locale.ROOT)
            .equals("mariadb");
    String limit =
        mariadb
            ? String.format(Locale.ROOT, "max_statement_time = %.3f", timeout.toMillis() / 1000.0)
            : "max_execution_time = " + timeout.toMillis();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET SESSION "
              + limit
              + ", lock_wait_timeout = "
              + seconds
              + ", innodb_lock_wait_timeout = "
              + seconds);
      if (access == Access.READ) {
        statement.execute("START TRANSACTION READ ONLY");
      }
    }
  }

  @Override
  public void end(Connection connection, Access access) throws SQLException {
    if (access == Access.READ) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("ROLLBACK");
      }
    }
  }

  @Override
  public void cancel(Connection connection) throws SQLException {
    connection.unwrap(org.mariadb.jdbc.Connection.class).cancelCurrentQuery();
  }

  @Override
  public @Nullable String words(SQLException failure) {
    String message = failure.getMessage();
    return message == null ? null : message.replaceFirst("^\\(conn=\\d+\\) ", "");
  }
}
