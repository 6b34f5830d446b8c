package io.byteport.cli.http;

import io.byteport.engine.journal.SessionStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Who has logged in, at this process or at another one that shares its state. A session has a name
 * that nobody can guess, which is made when somebody logs in and never taken from outside. Only its
 * hash is kept; what else must be secret is made of the name, which only the browser has. Safe for
 * several threads.
 */
final class BrowserSessions {
  static final Duration LENGTH = Duration.ofHours(12);
  private static final int MOST = 1000;
  private static final int BYTES = 32;

  private final InstantSource clock;
  private final SessionStore store;
  private final SecureRandom random = new SecureRandom();

  BrowserSessions(InstantSource clock, SessionStore store) {
    this.clock = clock;
    this.store = store;
  }

  /**
   * @param name the secret one
   */
  record Session(String name, String person, String proof) {

    /** What forms must bring. */
    String csrf() {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(People.digest("csrf " + name));
    }

    /** Whether it was opened with the token that somebody has now. */
    boolean isOf(People.Known known) {
      return known.name().equals(person)
          && MessageDigest.isEqual(
              HexFormat.of().parseHex(proof), People.digest(proof(name, known)));
    }

    private static String proof(String name, People.Known known) {
      return "proof " + name + " " + known.digest();
    }
  }

  /** The secret name of a new session. */
  String open(People.Known person) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    store.put(
        new SessionStore.Kept(
            key(name), person.name(), hash(Session.proof(name, person)), now.plus(LENGTH)),
        now,
        MOST);
    return name;
  }

  Optional<Session> find(String name) {
    return store
        .find(key(name))
        .filter(kept -> clock.instant().isBefore(kept.until()))
        .map(kept -> new Session(name, kept.person(), kept.proof()));
  }

  /** Ends it here and everywhere. */
  void end(String name) {
    store.remove(key(name));
  }

  private static String key(String name) {
    return hash("name " + name);
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(People.digest(text));
  }
}
