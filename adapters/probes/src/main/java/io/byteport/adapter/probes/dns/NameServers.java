package io.byteport.adapter.probes.dns;

import io.byteport.adapter.probes.net.PlainText;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which name servers are asked. */
final class NameServers {
  private static final Path CONFIGURATION = Path.of("/etc/resolv.conf");
  private static final int MOST = 3;
  private static final int PORT = 53;

  private NameServers() {}

  /**
   * The one that is named, else those of this machine, read anew each time.
   *
   * @param named a host or an IP address, with a port if it is not 53
   * @throws ActionException if it has no address; INVALID
   */
  static List<InetSocketAddress> of(@Nullable String named) throws ActionException {
    return named == null ? system() : List.of(parse(named));
  }

  private static InetSocketAddress parse(String named) throws ActionException {
    int colon = named.lastIndexOf(':');
    boolean hasPort = colon > 0 && (named.indexOf(':') == colon || named.charAt(colon - 1) == ']');
    String digits = hasPort ? named.substring(colon + 1) : Integer.toString(PORT);
    if (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= 65_535) {
      try {
        InetAddress address = InetAddress.getByName(hasPort ? named.substring(0, colon) : named);
        return new InetSocketAddress(address, Integer.parseInt(digits));
      } catch (UnknownHostException unknown) {
        throw none(named);
      }
    }
    throw none(named);
  }

  private static ActionException none(String named) {
    return ActionException.refused(
        FailureKind.INVALID, "the name server `" + PlainText.line(named, 253) + "` has no address");
  }

  private static List<InetSocketAddress> system() {
    List<InetSocketAddress> servers = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(CONFIGURATION)) {
        String[] words = line.strip().split("\\s+");
        if (words.length > 1 && words[0].equals("nameserver") && servers.size() < MOST) {
          servers.add(new InetSocketAddress(InetAddress.getByName(words[1]), PORT));
        }
      }
    } catch (IOException missing) {
      servers.clear();
    }
    return servers.isEmpty()
        ? List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT))
        : servers;
  }
}
