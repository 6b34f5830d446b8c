package io.byteport.adapter.sql.server;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.model.SessionCounts;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.model.SessionRef;
import io.byteport.engine.spi.ActionException;
import java.time.Instant;

/** A server with sessions that can be looked at and ended. Safe for several threads. */
public interface Server {

  Endpoint endpoint();

  /**
   * Every client's session but our own, oldest first.
   *
   * @throws ActionException also if the server does not show us the sessions of others
   */
  SessionList sessions(Deadline deadline) throws ActionException, InterruptedException;

  /** The same, counted. */
  SessionCounts counts(Instant at, Deadline deadline) throws ActionException, InterruptedException;

  /** How a session stands to what was seen of it. */
  Standing standing(SessionRef session, Spared spared, Deadline deadline)
      throws ActionException, InterruptedException;

  /**
   * Signals a session, if it is still the one that was looked at and may be touched.
   *
   * @return false if nothing was signalled
   */
  boolean signal(Signal signal, SessionRef session, Spared spared, Deadline deadline)
      throws ActionException, InterruptedException;

  /** The statement that does the same as {@link #signal}, for a person. No I/O. */
  String statement(Signal signal, SessionRef session);
}
