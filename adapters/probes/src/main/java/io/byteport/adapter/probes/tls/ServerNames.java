package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.net.HostName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names that a certificate is for: the DNS names and IP addresses of its subjectAltName, as RFC
 * 9525 has it. The common name does not count.
 */
record ServerNames(List<String> dns, List<String> addresses) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  ServerNames {
    dns = List.copyOf(dns);
    addresses = List.copyOf(addresses);
  }

  /** None where the extension is missing or cannot be read. */
  static ServerNames of(X509Certificate certificate) {
    List<String> dns = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (List<?> name : names(certificate)) {
      if (name.size() > 1
          && name.get(0) instanceof Integer kind
          && name.get(1) instanceof String s) {
        if (kind == DNS_NAME) {
          dns.add(s);
        } else if (kind == IP_ADDRESS) {
          addresses.add(s);
        }
      }
    }
    return new ServerNames(dns, addresses);
  }

  private static Collection<List<?>> names(X509Certificate certificate) {
    try {
      @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  List<String> all() {
    List<String> all = new ArrayList<>(dns);
    all.addAll(addresses);
    return all;
  }

  /**
   * Whether a client that looks for this name would be content. A wildcard stands for exactly the
   * leftmost label.
   */
  boolean include(String host) {
    return HostName.isAddress(host)
        ? addresses.stream().anyMatch(address -> isSame(address, host))
        : dns.stream().anyMatch(pattern -> covers(pattern, withoutRoot(host)));
  }

  private static boolean covers(String written, String host) {
    String pattern = withoutRoot(written);
    if (!pattern.startsWith("*.")) {
      return pattern.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0
        && pattern.substring(1).equals(host.substring(dot))
        && pattern.indexOf('.', 2) > 0;
  }

  private static String withoutRoot(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static boolean isSame(String one, String other) {
    try {
      return InetAddress.getByName(one).equals(InetAddress.getByName(other));
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
