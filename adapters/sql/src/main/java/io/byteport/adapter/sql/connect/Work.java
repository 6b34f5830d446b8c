package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is done with a connection while it is ours.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface Work<T> {
  T with(Connection connection) throws SQLException, ActionException;
}
