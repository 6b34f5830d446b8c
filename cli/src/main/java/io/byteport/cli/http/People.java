package io.byteport.cli.http;

import io.byteport.dsl.agent.AgentConfiguration.Access;
import io.byteport.dsl.agent.AgentConfiguration.Person;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose token is whose. Tokens are read anew from time to time, so that one that was exchanged is
 * good soon and the old one is not; of each only a hash is kept. Who has no token that can be read,
 * or one that is short or another's too, is nobody. Safe for several threads.
 */
final class People {
  private static final Logger LOG = LoggerFactory.getLogger(People.class);
  private static final Duration FRESH = Duration.ofSeconds(30);

  /** A token with fewer characters can be guessed. */
  static final int SHORTEST = 16;

  private final Supplier<Access> access;
  private final Function<SecretReference, Secret> secrets;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> complaints = new HashSet<>();
  private volatile @Nullable Read read;

  /**
   * @param access as it holds now
   */
  People(Supplier<Access> access, Function<SecretReference, Secret> secrets) {
    this.access = access;
    this.secrets = secrets;
  }

  /**
   * Somebody whose token could be read.
   *
   * @param digest of the token, in hexadecimal
   */
  record Known(String name, Person person, String digest) {}

  private record Read(Access of, long at, List<Known> all) {}

  /** Whether anybody is named at all. */
  boolean any() {
    return !access.get().people().isEmpty();
  }

  /** Whose token this is. Takes the same time for every wrong one. */
  Optional<Known> withToken(String token) {
    byte[] asked = digest(token);
    Known found = null;
    for (Known each : now()) {
      if (MessageDigest.isEqual(HexFormat.of().parseHex(each.digest()), asked)) {
        found = each;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Whom a session is of, while they have the token that it was opened with. */
  Optional<Known> of(BrowserSessions.Session session) {
    return now().stream().filter(session::isOf).findFirst();
  }

  /** Reads all tokens, and says of each that is no good why. */
  void readAll() {
    lock.lock();
    try {
      read = read(access.get());
    } finally {
      lock.unlock();
    }
  }

  private List<Known> now() {
    Access current = access.get();
    Read last = read;
    if (last == null || !last.of().equals(current) || stale(last)) {
      lock.lock();
      try {
        last = read;
        if (last == null || !last.of().equals(current) || stale(last)) {
          last = read(current);
          read = last;
        }
      } finally {
        lock.unlock();
      }
    }
    return last.all();
  }

  private static boolean stale(Read last) {
    return System.nanoTime() - last.at() > FRESH.toNanos();
  }

  private Read read(Access from) {
    List<Known> good = new ArrayList<>();
    Set<String> twice = new HashSet<>();
    Set<String> digests = new HashSet<>();
    for (Map.Entry<String, Person> each : from.people().entrySet()) {
      String name = each.getKey();
      try {
        String token = secrets.apply(each.getValue().token()).reveal().strip();
        if (token.length() < SHORTEST) {
          complain(name + " has a token of fewer than " + SHORTEST + " characters");
        } else {
          String digest = HexFormat.of().formatHex(digest(token));
          if (!digests.add(digest)) {
            twice.add(digest);
          }
          good.add(new Known(name, each.getValue(), digest));
        }
      } catch (ActionException e) {
        complain(name + " has no token that can be read: " + e.getMessage());
      }
    }
    for (Known each : good) {
      if (twice.contains(each.digest())) {
        complain(each.name() + " has the same token as somebody else");
      }
    }
    good.removeIf(each -> twice.contains(each.digest()));
    return new Read(from, System.nanoTime(), List.copyOf(good));
  }

  private void complain(String text) {
    if (complaints.add(text)) {
      LOG.warn("{}, and may not come in", text);
    }
  }

  static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
