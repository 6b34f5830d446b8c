package io.byteport.adapter.host.acme;

import io.byteport.adapter.host.tls.Certificates;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate as its client keeps it.
 *
 * @param certificate the one on disk now
 * @param authenticator how it was issued last: a plugin of certbot, or what acme.sh has as
 *     Le_Webroot
 * @param names the domains that are in it, in the client's order where it says one
 */
record Lineage(X509Certificate certificate, String authenticator, List<String> names) {
  Lineage {
    names = List.copyOf(names);
  }

  boolean overDns() {
    return authenticator.startsWith("dns-")
        || authenticator.startsWith("dns_")
        || authenticator.equals("manual");
  }

  String serial() {
    return Certificates.serial(certificate);
  }
}
