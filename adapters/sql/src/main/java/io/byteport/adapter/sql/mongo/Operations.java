package io.byteport.adapter.sql.mongo;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Map;

/** What is asked of a MongoDB. Safe for several threads. */
interface Operations extends AutoCloseable {

  /** The documents of {@code $currentOp}, of all users, with idle connections and sessions. */
  List<Map<String, Object>> currentOp(Deadline deadline)
      throws ActionException, InterruptedException;

  /** The section {@code connections} of {@code serverStatus}. */
  Map<String, Object> connections(Deadline deadline) throws ActionException, InterruptedException;

  /** The users of all databases, with their roles, as {@code usersInfo} lists them. */
  List<Map<String, Object>> users(Deadline deadline) throws ActionException, InterruptedException;

  /** Asks the server to end an operation at its next interrupt point. */
  void killOp(long operation, Deadline deadline) throws ActionException, InterruptedException;

  @Override
  void close();
}
