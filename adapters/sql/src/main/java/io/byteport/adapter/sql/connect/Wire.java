package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one product is spoken to over JDBC. Whatever is peculiar to a driver stays in the class that
 * implements this for it. Safe for several threads.
 */
interface Wire {

  /**
   * Opens a connection under our name.
   *
   * @param timeout for the whole of it
   * @throws ActionException if the credentials cannot be read
   */
  Connection open(Endpoint endpoint, Duration timeout) throws SQLException, ActionException;

  /**
   * Makes a connection ready for one piece of work: limits what a statement and a wait for a lock
   * may take, and begins a read-only transaction where it is for reading.
   */
  void begin(Connection connection, Access access, Duration timeout) throws SQLException;

  /** Ends what {@link #begin} began; also after a failure. */
  void end(Connection connection, Access access) throws SQLException;

  /** Asks the server to give up what it is doing for this connection. From another thread. */
  void cancel(Connection connection) throws SQLException;

  /** The server's own words, without rows of data; null where it said nothing. */
  @Nullable String words(SQLException failure);
}
