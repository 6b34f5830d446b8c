package io.byteport.engine.spi;

import java.util.function.Consumer;

/**
 * A value that nobody may see: a password, a token, a key. Read anew at each use, so that one that
 * was rotated is used from then on, and made known to the redactor before anybody gets it. Safe for
 * several threads.
 */
public final class Secret {
  private final String origin;
  private final Source source;
  private final Consumer<String> known;

  /** Where a secret is read from. */
  @FunctionalInterface
  public interface Source {

    /**
     * @throws ActionException if there is nothing to read; the message says where it looked
     */
    String read() throws ActionException;
  }

  /**
   * @param origin where it comes from, for messages: {@code the environment variable DB_PASSWORD}
   * @param known is told every value before it is handed out, so that it is redacted everywhere
   */
  public Secret(String origin, Source source, Consumer<String> known) {
    this.origin = origin;
    this.source = source;
    this.known = known;
  }

  /**
   * The value as it is now; may do I/O.
   *
   * @throws ActionException if it cannot be read
   */
  public String reveal() throws ActionException {
    String value = source.read();
    known.accept(value);
    return value;
  }

  /** Where it comes from; never the value. */
  @Override
  public String toString() {
    return "secret from " + origin;
  }
}
