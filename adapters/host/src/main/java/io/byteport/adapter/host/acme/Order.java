package io.byteport.adapter.host.acme;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate is to be renewed, and how control is shown.
 *
 * @param certName the name by which the client keeps it
 * @param dnsProvider for dns-01; null for http-01
 */
record Order(
    Client client,
    String certName,
    Challenge challenge,
    @Nullable DnsProvider dnsProvider,
    boolean force) {
  private static final Pattern NAME = Pattern.compile("(\\*\\.)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");

  /**
   * This, if it makes sense.
   *
   * @throws ActionException INVALID otherwise
   */
  Order checked() throws ActionException {
    if (!NAME.matcher(certName).matches() || certName.contains("..")) {
      throw invalid("expected the name of a certificate, found `" + Said.line(certName) + "`");
    }
    if (challenge == Challenge.DNS_01 && dnsProvider == null) {
      throw invalid(
          "dns-01 needs somebody who answers it: give `dnsProvider` (route53, cloudflare, google or"
              + " azure)");
    }
    if (challenge == Challenge.HTTP_01 && certName.startsWith("*.")) {
      throw wildcard(certName);
    }
    return this;
  }

  /**
   * @throws ActionException if the certificate cannot be renewed so; INVALID
   */
  void fits(Lineage lineage) throws ActionException {
    if (challenge == Challenge.HTTP_01) {
      for (String name : lineage.names()) {
        if (name.startsWith("*.")) {
          throw wildcard(name);
        }
      }
      if (lineage.overDns()) {
        throw invalid(
            "`"
                + certName
                + "` is kept over dns-01 ("
                + Said.line(lineage.authenticator())
                + "), which http-01 does not take the place of");
      }
    }
  }

  private static ActionException wildcard(String name) {
    return invalid("`" + Said.line(name) + "` is a wildcard, which is issued over dns-01 only");
  }

  static ActionException invalid(String message) {
    return ActionException.refused(FailureKind.INVALID, message);
  }
}
