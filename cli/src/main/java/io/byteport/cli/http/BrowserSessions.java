package io.byteport.cli.http;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has logged in, in this process: a restart ends all. A session has a name that nobody can
 * guess, which is made when somebody logs in and never taken from outside; only its hash is kept.
 * Safe for several threads.
 */
final class BrowserSessions {
  static final Duration LENGTH = Duration.ofHours(12);
  private static final int MOST = 1000;
  private static final int BYTES = 32;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST;
        }
      };

  BrowserSessions(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param digest of the token that it was opened with
   * @param csrf what forms must bring
   */
  record Session(String person, String digest, String csrf, Instant until) {}

  /** The secret name of a new session. */
  synchronized String open(People.Known person) {
    String name = word();
    Instant until = clock.instant().plus(LENGTH);
    sessions.put(key(name), new Session(person.name(), person.digest(), word(), until));
    return name;
  }

  synchronized Optional<Session> find(String name) {
    Session session = sessions.get(key(name));
    if (session != null && !clock.instant().isBefore(session.until())) {
      sessions.remove(key(name));
      return Optional.empty();
    }
    return Optional.ofNullable(session);
  }

  synchronized void end(String name) {
    sessions.remove(key(name));
  }

  private static String key(String name) {
    return HexFormat.of().formatHex(People.digest(name));
  }

  private String word() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
