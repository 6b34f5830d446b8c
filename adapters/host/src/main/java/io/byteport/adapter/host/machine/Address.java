package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import io.byteport.engine.spi.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a machine is and how it is entered, from its entry in the inventory.
 *
 * @param knownHosts the file with the keys by which it is known
 * @param key a private key, as ssh-keygen writes it
 * @param passphrase of the key
 * @param agent the socket of an SSH agent, used where there is neither key nor password
 * @param jump the name of the entry through which it is reached
 */
record Address(
    String machine,
    String host,
    int port,
    String user,
    Path knownHosts,
    @Nullable Secret key,
    @Nullable Secret passphrase,
    @Nullable Secret password,
    @Nullable String agent,
    @Nullable String jump) {

  /**
   * @throws ActionException if a setting makes no sense
   */
  static Address of(Entry entry) throws ActionException {
    String host = entry.text("address").orElse(entry.name());
    int port = 22;
    int colon = host.lastIndexOf(':');
    if (host.startsWith("[") && host.indexOf(']') > 0) { // an IPv6 address
      int end = host.indexOf(']');
      if (colon > end) {
        port = port(entry, host.substring(colon + 1));
      }
      host = host.substring(1, end);
    } else if (colon > 0 && host.indexOf(':') == colon) {
      port = port(entry, host.substring(colon + 1));
      host = host.substring(0, colon);
    }
    if (entry.settings().containsKey("port")) {
      port = port(entry, number(entry));
    }
    Path home = Path.of(System.getProperty("user.home", "/"));
    return new Address(
        entry.name(),
        host,
        port,
        user(entry),
        entry.text("knownHosts").map(Path::of).orElse(home.resolve(".ssh/known_hosts")),
        entry.credentials().get("key"),
        entry.credentials().get("passphrase"),
        entry.credentials().get("password"),
        entry.text("agent").orElse(System.getenv("SSH_AUTH_SOCK")),
        entry.text("jump").orElse(null));
  }

  private static String user(Entry entry) throws ActionException {
    Secret user = entry.credentials().get("username");
    return user != null
        ? user.reveal()
        : entry.text("user").orElse(System.getProperty("user.name", "root"));
  }

  /** A port is a text or a number in the settings. */
  private static String number(Entry entry) {
    return switch (entry.settings().get("port")) {
      case io.byteport.dsl.value.Value.NumberValue number ->
          Long.toString(Math.round(number.value()));
      case null, default -> entry.text("port").orElse("");
    };
  }

  private static int port(Entry entry, String text) throws ActionException {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw ActionException.refused(
        FailureKind.INVALID,
        "the port of " + entry.name() + " must be from 1 to 65535, found `" + text + "`");
  }

  @Override
  public String toString() {
    return machine + " (" + user + "@" + host + ":" + port + ")";
  }
}
