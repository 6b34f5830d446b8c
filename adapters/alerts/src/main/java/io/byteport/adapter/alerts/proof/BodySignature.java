package io.byteport.adapter.alerts.proof;

import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received.Refused;
import io.byteport.engine.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A header holds the HMAC-SHA256 of the body in hexadecimal digits, bare or after a word such as
 * {@code sha256=} or {@code v1=}, one or several of them between commas. Where a second header says
 * when it was signed, the signature is over that text, a colon and the body, and old ones are
 * refused.
 */
public final class BodySignature implements Proof {
  private final Credentials credentials;
  private final String credential;
  private final List<String> headers;
  private final @Nullable String timestampHeader;
  private final Replays replays;

  private BodySignature(
      Credentials credentials,
      String credential,
      List<String> headers,
      @Nullable String timestampHeader,
      Replays replays) {
    this.credentials = credentials;
    this.credential = credential;
    this.headers = List.copyOf(headers);
    this.timestampHeader = timestampHeader;
    this.replays = replays;
  }

  /**
   * One over the body alone.
   *
   * @param headers any of which may hold it
   */
  public static BodySignature of(Credentials credentials, String credential, String... headers) {
    return new BodySignature(
        credentials, credential, List.of(headers), null, new Replays(Duration.ZERO));
  }

  /** One over the time in a header and the body. */
  public static BodySignature timed(
      Credentials credentials,
      String credential,
      List<String> headers,
      String timestampHeader,
      Duration window) {
    return new BodySignature(
        credentials, credential, headers, timestampHeader, new Replays(window));
  }

  @Override
  public Optional<Refused> objection(Delivered delivered) throws SourceException {
    Optional<String> found =
        headers.stream().flatMap(name -> delivered.header(name).stream()).findFirst();
    if (found.isEmpty()) {
      return Proof.unsigned("there is no header " + String.join(" or ", headers));
    }
    byte[] key = credentials.needed(credential).getBytes(StandardCharsets.UTF_8);
    if (timestampHeader == null) {
      return holds(found.get(), Digests.hmac(key, delivered.body())) ? Optional.empty() : wrong();
    }
    Optional<String> time = delivered.header(timestampHeader);
    if (time.isEmpty()) {
      return Proof.unsigned("there is no header " + timestampHeader);
    }
    byte[] before = (time.get() + ":").getBytes(StandardCharsets.UTF_8);
    byte[] expected = Digests.hmac(key, before, delivered.body());
    if (!holds(found.get(), expected)) {
      return wrong();
    }
    String seconds = time.get().strip();
    if (!seconds.matches("[0-9]{1,11}")) {
      return Proof.forged("the header " + timestampHeader + " holds no second since 1970");
    }
    return replays.objection(
        HexFormat.of().formatHex(expected),
        Instant.ofEpochSecond(Long.parseLong(seconds)),
        delivered.receivedAt());
  }

  private static Optional<Refused> wrong() {
    return Proof.forged("HMAC signature mismatch");
  }

  /** Whether any of the signatures is the one expected; looks at all of them. */
  private static boolean holds(String header, byte[] expected) {
    boolean holds = false;
    for (String part : header.split(",", -1)) {
      String digits = part.substring(part.indexOf('=') + 1).strip().toLowerCase(Locale.ROOT);
      Optional<byte[]> given = Digests.hex(digits);
      holds |= given.isPresent() && MessageDigest.isEqual(expected, given.get());
    }
    return holds;
  }
}
