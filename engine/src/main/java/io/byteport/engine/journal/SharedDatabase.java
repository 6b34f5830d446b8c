package io.byteport.engine.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/** A PostgreSQL that several processes share. Its commits are on disk when they return. */
final class SharedDatabase implements StateDatabase {
  private final HikariDataSource pool;
  private final Duration lease;

  private SharedDatabase(HikariDataSource pool, Duration lease) {
    this.pool = pool;
    this.lease = lease;
  }

  static SharedDatabase at(StoreAddress address) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setPoolName("state");
    config.setMaximumPoolSize(address.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(5_000);
    config.setValidationTimeout(2_000);
    config.addDataSourceProperty("ApplicationName", "byteport");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("socketTimeout", "30");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new SharedDatabase(StateDatabase.open(config), address.lease());
  }

  @Override
  public DataSource connections() {
    return pool;
  }

  @Override
  public SqlTransactions.Flush flush() {
    return connection -> {};
  }

  @Override
  public SqlWrites writes() {
    return new PostgresWrites();
  }

  @Override
  public Duration lease() {
    return lease;
  }

  @Override
  public String compact() {
    return "PostgreSQL reuses the space by itself; `vacuum (full, analyze) journal_entry` gives it"
        + " back to the system, and locks the table meanwhile";
  }

  @Override
  public void close() {
    pool.close();
  }
}
