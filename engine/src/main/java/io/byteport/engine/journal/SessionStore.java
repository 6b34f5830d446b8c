package io.byteport.engine.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Who has signed in at a console, for all processes that share the state. Safe for several threads.
 */
public interface SessionStore {

  /**
   * A session.
   *
   * @param name a hash of what the browser shows; 64 characters at most
   * @param person who signed in; 200 characters at most
   * @param proof what shows that it was opened with the token that the person still has; 64
   *     characters at most
   * @param until from when on it is over
   */
  record Kept(String name, String person, String proof, Instant until) {}

  /**
   * Keeps a new session; forgets those that are over, and the oldest where there are too many.
   *
   * @param most how many are kept
   * @throws StoreException if the store cannot be used
   */
  void put(Kept session, Instant now, int most);

  /**
   * A session that has not ended; whether its time is over is for the caller to see.
   *
   * @throws StoreException if the store cannot be used
   */
  Optional<Kept> find(String name);

  /**
   * Ends a session for all processes; nothing where there is none.
   *
   * @throws StoreException if the store cannot be used; it may not have ended then
   */
  void remove(String name);
}
