package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL and PgBouncer's console, over pgjdbc. No statement is prepared by name, so that a
 * transaction pooler in between does not matter.
 */
final class PostgresWire implements Wire {
  private final boolean console;

  /**
   * @param console PgBouncer's, which knows neither the extended protocol nor settings nor
   *     transactions
   */
  PostgresWire(boolean console) {
    this.console = console;
  }

  @Override
  public Connection open(Endpoint endpoint, Duration timeout) throws SQLException, ActionException {
    Login login = endpoint.login();
    int seconds = Math.clamp(timeout.toSeconds(), 1, 3_600);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {endpoint.address().host()});
    source.setPortNumbers(new int[] {endpoint.address().port()});
    @Nullable String dbname = endpoint.address().dbname();
    source.setDatabaseName(dbname == null ? (console ? "pgbouncer" : "postgres") : dbname);
    source.setApplicationName(Endpoint.APPLICATION);
    source.setConnectTimeout(seconds);
    source.setCancelSignalTimeout(Math.min(seconds, 5));
    source.setTcpKeepAlive(true);
    source.setPrepareThreshold(0);
    source.setGssEncMode("disable");
    source.setLogServerErrorDetail(false);
    source.setSslMode(endpoint.tls().mode().word());
    if (endpoint.tls().caFile() != null) {
      source.setSslRootCert(endpoint.tls().caFile());
    } else if (endpoint.tls().mode().compareTo(Tls.Mode.VERIFY_CA) >= 0) {
      source.setSslfactory(DefaultJavaSSLFactory.class.getName());
    }
    if (console) {
      source.setPreferQueryMode(PreferQueryMode.SIMPLE);
      withoutGreeting(source);
    }
    return source.getConnection(login.user(), login.password());
  }

  /**
   * The driver greets a server that calls itself older than 12 with a SET, which the console
   * refuses; not so where it believes to speak to a WAL sender. From version 9.0 on it gives our
   * name while it connects, and only from 9.4 on says that it wants a WAL sender.
   */
  private static void withoutGreeting(PGSimpleDataSource source) throws SQLException {
    source.setAssumeMinServerVersion("9.0");
    source.setProperty(PGProperty.REPLICATION, "false");
  }

  @Override
  public void begin(Connection connection, Access access, Duration timeout) throws SQLException {
    if (console) {
      return;
    }
    boolean reads = access == Access.READ;
    connection.setReadOnly(reads);
    connection.setAutoCommit(!reads);
    String milliseconds = Long.toString(timeout.toMillis());
    try (PreparedStatement limits =
        connection.prepareStatement(
            "SELECT set_config('statement_timeout', ?, ?), set_config('lock_timeout', ?, ?),"
                + " set_config('idle_in_transaction_session_timeout', ?, ?)")) {
      for (int i = 0; i < 3; i++) {
        limits.setString(2 * i + 1, milliseconds);
        limits.setBoolean(2 * i + 2, reads);
      }
      limits.execute();
    }
  }

  @Override
  public void end(Connection connection, Access access) throws SQLException {
    if (!console && access == Access.READ) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Override
  public void cancel(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).cancelQuery();
  }

  @Override
  public @Nullable String words(SQLException failure) {
    @Nullable ServerErrorMessage said =
        failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
    if (said == null || said.getMessage() == null) {
      return null;
    }
    return said.getHint() == null ? said.getMessage() : said.getMessage() + "; " + said.getHint();
  }
}
