package io.byteport.adapter.probes.dns;

import io.byteport.adapter.probes.net.HostName;
import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code dns.soa}: the zone that a name belongs to. A server that knows it says so in its answer to
 * any question about the name (RFC 2308 section 3); one that does not is asked for the name above.
 * That a name under a registry's zone does not exist means that it belongs to nobody: null.
 */
public final class DnsSoa implements Action.Read<DnsSoa.Input, DnsSoa.Output> {
  private final DnsClient client = new DnsClient();

  record Input(String name, @Nullable String server, Duration timeout) {}

  /**
   * @param contact the address of who is responsible, as mail is addressed
   */
  record Output(String name, String primary, String contact, List<String> nameServers) {}

  @Override
  public String name() {
    return "dns.soa";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return DnsLookup.dig("SOA", withoutWildcard(input.name()), input.server());
  }

  @Override
  public @Nullable Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    List<InetSocketAddress> servers = NameServers.of(input.server());
    Duration limit = TimeLimit.shorter(input.timeout(), context.timeout());
    String name = withoutRoot(HostName.ascii(withoutWildcard(input.name())));
    for (String asked = name; !asked.isEmpty(); asked = above(asked)) {
      DnsAnswer answer = client.ask(servers, asked, DnsType.SOA, limit);
      Optional<DnsRecord> zone = zone(answer, name);
      if (zone.isPresent()) {
        boolean registry = zone.get().owner().indexOf('.') < 0;
        return registry && !answer.exists() ? null : output(zone.get(), servers, limit);
      }
    }
    return null;
  }

  private Output output(DnsRecord soa, List<InetSocketAddress> servers, Duration limit)
      throws ActionException, InterruptedException {
    String[] names = soa.text().split(" ", 2);
    List<String> nameServers =
        client.ask(servers, soa.owner(), DnsType.NS.number(), limit).answers().stream()
            .filter(record -> record.type() == DnsType.NS.number())
            .map(DnsRecord::text)
            .sorted()
            .toList();
    return new Output(soa.owner(), names[0], mail(names[1]), nameServers);
  }

  /** The SOA record of the closest zone above a name; those of aliases' targets are others'. */
  private static Optional<DnsRecord> zone(DnsAnswer answer, String name) {
    return Stream.concat(answer.answers().stream(), answer.authority().stream())
        .filter(record -> record.type() == DnsType.SOA)
        .filter(record -> name.equals(record.owner()) || name.endsWith("." + record.owner()))
        .findFirst();
  }

  /** RFC 1035 section 8: the first label is the mailbox, dots in it are escaped. */
  private static String mail(String responsible) {
    int at = 0;
    while (at < responsible.length() && responsible.charAt(at) != '.') {
      at += responsible.charAt(at) == '\\' ? 2 : 1;
    }
    return at >= responsible.length()
        ? responsible
        : responsible.substring(0, at).replace("\\.", ".") + "@" + responsible.substring(at + 1);
  }

  private static String above(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  private static String withoutWildcard(String name) {
    return name.startsWith("*.") ? name.substring(2) : name;
  }

  private static String withoutRoot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
