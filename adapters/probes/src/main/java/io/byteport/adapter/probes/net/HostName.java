package io.byteport.adapter.probes.net;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of machines as they go over the wire. */
public final class HostName {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_][a-z0-9_-]{0,62})*\\.?");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final int LONGEST = 253;

  private HostName() {}

  /**
   * A name in lower case and in ASCII, or an IP address as it is.
   *
   * @throws ActionException if it is neither; INVALID
   */
  public static String ascii(String written) throws ActionException {
    if (written.startsWith("*.")) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "`"
              + PlainText.line(written, LONGEST)
              + "` is a wildcard, which has no address of its own");
    }
    if (isAddress(written)) {
      return written;
    }
    String name;
    try {
      name = IDN.toASCII(written, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw notOne(written);
    }
    if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
      throw notOne(written);
    }
    return name;
  }

  /** Whether it is an IP address and not a name; IPv6 without brackets. */
  public static boolean isAddress(String host) {
    return IPV4.matcher(host).matches() || (host.indexOf(':') >= 0 && isHexadecimal(host));
  }

  private static boolean isHexadecimal(String host) {
    return host.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
  }

  /** Host and port, with brackets around an IPv6 address. */
  public static String withPort(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static ActionException notOne(String written) {
    return ActionException.refused(
        FailureKind.INVALID,
        "expected the name of a machine, found `" + PlainText.line(written, LONGEST) + "`");
  }
}
