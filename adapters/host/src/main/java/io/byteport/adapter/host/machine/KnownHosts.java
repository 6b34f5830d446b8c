package io.byteport.adapter.host.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The keys by which hosts are known, in a file as ssh keeps it (sshd(8), SSH_KNOWN_HOSTS). */
final class KnownHosts {
  private static final String REVOKED = "revoked";

  private final Path file;

  KnownHosts(Path file) {
    this.file = file;
  }

  /**
   * Why a key is not accepted; empty if it is the host's. The file is read each time, so that a key
   * that an operator adds counts from then on.
   */
  String objection(String host, int port, PublicKey key) {
    String found = KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
    List<KnownHostEntry> entries;
    try {
      entries = entries(host, port);
    } catch (IOException e) {
      return "the known hosts cannot be read: " + e;
    }
    boolean known = false;
    for (KnownHostEntry entry : entries) {
      boolean same = isKey(entry, key);
      if (same && REVOKED.equals(entry.getMarker())) {
        return "the key of " + name(host, port) + " (" + found + ") is revoked in " + file;
      }
      if (same && entry.getMarker() == null) {
        known = true;
      }
    }
    if (known) {
      return "";
    }
    boolean changed = entries.stream().anyMatch(entry -> entry.getMarker() == null);
    return changed
        ? "the key of "
            + name(host, port)
            + " is not the one in "
            + file
            + ", but "
            + found
            + ": either the host was reinstalled or somebody stands between. Compare it on the"
            + " host's console with `ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub`; if it is right,"
            + " replace the line (`ssh-keygen -R '"
            + name(host, port)
            + "' -f "
            + file
            + "`, then add the new key)"
        : "the key of "
            + name(host, port)
            + " ("
            + found
            + ") is not in "
            + file
            + ": compare it on the host's console with `ssh-keygen -lf"
            + " /etc/ssh/ssh_host_*_key.pub`, then add it with `"
            + (port == 22 ? "ssh-keyscan " + host : "ssh-keyscan -p " + port + " " + host)
            + " >> "
            + file
            + "`";
  }

  /** The types of the keys that are known of a host, so that it is asked for one of them. */
  Set<String> keyTypes(String host, int port) {
    Set<String> types = new LinkedHashSet<>();
    try {
      for (KnownHostEntry entry : entries(host, port)) {
        AuthorizedKeyEntry key = entry.getKeyEntry();
        if (entry.getMarker() == null && key != null) {
          types.add(key.getKeyType());
        }
      }
    } catch (IOException unreadable) {
      return types; // the check of the key says so
    }
    return types;
  }

  private List<KnownHostEntry> entries(String host, int port) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<KnownHostEntry> matching = new ArrayList<>();
    for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
      if (entry.isHostMatch(host, port)) {
        matching.add(entry);
      }
    }
    return matching;
  }

  private static boolean isKey(KnownHostEntry entry, PublicKey key) {
    AuthorizedKeyEntry written = entry.getKeyEntry();
    try {
      return written != null
          && KeyUtils.compareKeys(
              written.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING), key);
    } catch (IOException | GeneralSecurityException unreadable) {
      return false;
    }
  }

  private static String name(String host, int port) {
    return port == 22 ? host : "[" + host + "]:" + port;
  }
}
