package io.byteport.adapter.host.machine;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;

/** What a session under way must know of the machine that it is for. Safe for several threads. */
final class Handshake {
  static final AttributeKey<Handshake> KEY = new AttributeKey<>();

  private final Address address;
  private volatile String objection = "";

  Handshake(Address address) {
    this.address = address;
  }

  /** That of a session; null for a session that was not opened here. */
  static @org.jspecify.annotations.Nullable Handshake of(Session session) {
    return session instanceof ClientSession client && client.getConnectionContext() != null
        ? client.getConnectionContext().getAttribute(KEY)
        : null;
  }

  Address address() {
    return address;
  }

  /** Why the machine's key was not accepted; empty if it was. */
  String objection() {
    return objection;
  }

  boolean accepts(PublicKey key) {
    objection = new KnownHosts(address.knownHosts()).objection(address.host(), address.port(), key);
    return objection.isEmpty();
  }

  /** Asks first for a key of a type that is known, as ssh does. */
  void order(Map<KexProposalOption, String> proposal) {
    Set<String> known =
        new KnownHosts(address.knownHosts()).keyTypes(address.host(), address.port());
    String offered = proposal.get(KexProposalOption.SERVERKEYS);
    if (offered == null || known.isEmpty()) {
      return;
    }
    List<String> first = new ArrayList<>();
    List<String> last = new ArrayList<>();
    for (String algorithm : Arrays.asList(offered.split(","))) {
      (known.contains(keyType(algorithm)) ? first : last).add(algorithm);
    }
    first.addAll(last);
    proposal.put(KexProposalOption.SERVERKEYS, String.join(",", first));
  }

  /** RSA keys sign in several ways. */
  private static String keyType(String algorithm) {
    return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
  }
}
