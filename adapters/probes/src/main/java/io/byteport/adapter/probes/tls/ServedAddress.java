package io.byteport.adapter.probes.tls;

import io.byteport.engine.spi.Inventory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the kind {@code endpoint}: where a certificate is served.
 *
 * @param name the entry's
 * @param domain which certificate is meant: the setting {@code domain}, else the host
 * @param machine the setting {@code host}: the inventory's name of the machine that it runs on
 * @param caFile the setting of that name: a PEM file with roots that are trusted beside the public
 *     ones
 */
record ServedAddress(
    String name,
    String domain,
    String host,
    int port,
    @Nullable String machine,
    @Nullable String caFile) {
  static final String KIND = "endpoint";
  private static final int HTTPS = 443;

  static ServedAddress of(Inventory.Entry entry) {
    String address = entry.text("address").orElse(entry.name());
    int colon = address.lastIndexOf(':');
    boolean hasPort =
        colon > 0 && (address.indexOf(':') == colon || address.charAt(colon - 1) == ']');
    String host = hasPort ? address.substring(0, colon) : address;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    Optional<Integer> port = hasPort ? port(address.substring(colon + 1)) : Optional.of(HTTPS);
    return new ServedAddress(
        entry.name(),
        entry.text("domain").orElse(host),
        host,
        port.orElse(0),
        entry.text("host").orElse(null),
        entry.text("caFile").orElse(null));
  }

  private static Optional<Integer> port(String digits) {
    return digits.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
  }

  /** What is asked for: the domain, or for a wildcard the host that serves it. */
  String serverName() {
    return domain.startsWith("*.") ? host : domain;
  }
}
