package io.byteport.adapter.alerts.proof;

import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received.Refused;
import io.byteport.engine.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The header Authorization holds a secret: a bearer's token (RFC 6750, 2.1), or a name and a
 * password (RFC 7617).
 */
final class HeaderToken implements Proof {
  private final Credentials credentials;
  private final boolean basic;

  private HeaderToken(Credentials credentials, boolean basic) {
    this.credentials = credentials;
    this.basic = basic;
  }

  /** By the credential {@code bearer}. */
  static HeaderToken bearer(Credentials credentials) {
    return new HeaderToken(credentials, false);
  }

  /** By the credentials {@code basicUsername} and {@code basicPassword}. */
  static HeaderToken basic(Credentials credentials) {
    return new HeaderToken(credentials, true);
  }

  @Override
  public Optional<Refused> objection(Delivered delivered) throws SourceException {
    String scheme = basic ? "basic " : "bearer ";
    Optional<String> header = delivered.header("authorization").map(String::strip);
    if (header.isEmpty() || !header.get().toLowerCase(Locale.ROOT).startsWith(scheme)) {
      return Proof.unsigned("the header Authorization holds no " + scheme.strip() + " credentials");
    }
    String given = header.get().substring(scheme.length()).strip();
    return Digests.sameText(expected(), given)
        ? Optional.empty()
        : Proof.forged("the header Authorization holds another secret");
  }

  private String expected() throws SourceException {
    if (!basic) {
      return credentials.needed("bearer");
    }
    String pair = credentials.needed("basicUsername") + ":" + credentials.needed("basicPassword");
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
