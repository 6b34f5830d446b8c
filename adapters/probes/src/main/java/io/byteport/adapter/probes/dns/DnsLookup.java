package io.byteport.adapter.probes.dns;

import io.byteport.adapter.probes.net.HostName;
import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code dns.lookup}: the records of one type that a name has. */
public final class DnsLookup implements Action.Read<DnsLookup.Input, DnsLookup.Output> {
  private final DnsClient client = new DnsClient();

  record Input(String name, DnsType type, @Nullable String server, Duration timeout) {}

  /**
   * @param exists whether there is such a name, with records of whatever type
   * @param ttl the shortest of the records; null where there is none
   */
  record Output(boolean exists, List<String> records, @Nullable Duration ttl) {}

  @Override
  public String name() {
    return "dns.lookup";
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
    return dig(input.type().name(), input.name(), input.server());
  }

  static List<String> dig(String type, String name, @Nullable String server) {
    List<String> command = new ArrayList<>(List.of("dig"));
    if (server != null) {
      int colon = server.lastIndexOf(':');
      boolean hasPort = colon > 0 && server.indexOf(':') == colon;
      command.add("@" + (hasPort ? server.substring(0, colon) : server));
      if (hasPort) {
        command.add("-p");
        command.add(server.substring(colon + 1));
      }
    }
    command.addAll(List.of("-t", type, "-q", name));
    return command;
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    DnsAnswer answer =
        client.ask(
            NameServers.of(input.server()),
            HostName.ascii(input.name()),
            input.type().number(),
            TimeLimit.shorter(input.timeout(), context.timeout()));
    List<DnsRecord> records =
        answer.answers().stream().filter(record -> record.type() == input.type().number()).toList();
    return new Output(
        answer.exists(),
        records.stream().map(DnsRecord::text).toList(),
        records.stream().map(DnsRecord::ttl).min(Duration::compareTo).orElse(null));
  }
}
