package io.byteport.engine.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Where the state lives, brought to the schema of this version when it is opened. */
sealed interface StateDatabase extends AutoCloseable permits EmbeddedDatabase, SharedDatabase {

  DataSource connections();

  /** What puts a committed transaction on disk. */
  SqlTransactions.Flush flush();

  /** How the database is written to. */
  SqlWrites writes();

  /**
   * For how long a process may count on its claims after it was last heard of; zero where no other
   * process can have the state open.
   */
  Duration lease();

  /**
   * Gives space back that nothing needs any more; afterwards it may be shut.
   *
   * @return what else a person may do; empty for nothing
   */
  String compact();

  @Override
  void close();

  /**
   * Opens a pool of connections and brings the schema up to date. Several processes may do so at
   * once.
   *
   * @throws StoreException if the database cannot be reached, or its schema is of a later version
   */
  static HikariDataSource open(HikariConfig config) {
    HikariDataSource pool = null;
    try {
      pool = new HikariDataSource(config);
      Flyway.configure(StateDatabase.class.getClassLoader())
          .loggers("slf4j")
          .dataSource(pool)
          .locations("classpath:byteport/store/migrations")
          .load()
          .migrate();
      return pool;
    } catch (FlywayException | PoolInitializationException e) {
      if (pool != null) {
        pool.close();
      }
      throw new StoreException("the state cannot be opened: " + e.getMessage(), e);
    }
  }
}
