package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One line to each server that has been asked for. Safe for several threads. */
public final class Lines implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("byteport-sql-", 0).factory());
  private final Map<String, Line> open = new LinkedHashMap<>();
  private boolean closed;

  /**
   * The line to a server; does not connect.
   *
   * @throws ActionException if the adapter is closed, or nobody speaks to such a server over JDBC
   */
  public synchronized Line to(Endpoint endpoint) throws ActionException {
    if (closed) {
      throw ActionException.refused(FailureKind.CANCELLED, "the adapter is closed");
    }
    Line line = open.get(endpoint.entry().name());
    if (line == null) {
      line = new Line(endpoint, wire(endpoint), threads);
      open.put(endpoint.entry().name(), line);
    }
    return line;
  }

  private static Wire wire(Endpoint endpoint) throws ActionException {
    return switch (endpoint.product()) {
      case POSTGRES -> new PostgresWire(false);
      case PGBOUNCER -> new PostgresWire(true);
      case MYSQL, MARIADB -> new MariadbWire();
      case MONGODB ->
          throw ActionException.refused(
              FailureKind.INVALID, "`" + endpoint.entry().name() + "` does not speak SQL");
    };
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(Line::close);
    open.clear();
    threads.shutdown();
  }
}
