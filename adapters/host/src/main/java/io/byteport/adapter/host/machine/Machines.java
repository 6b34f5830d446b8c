package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.local.ProxyAgentFactory;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.forward.DefaultForwarderFactory;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.jspecify.annotations.Nullable;

/**
 * The machines of the inventory: entries of the kind {@code host}. Connections are opened when they
 * are first needed. Safe for several threads.
 *
 * <p>Settings: {@code address} (else the entry's name), {@code port}, {@code username}, {@code
 * knownHosts} (a path; else the user's own), {@code agent} (the socket of an SSH agent; else
 * SSH_AUTH_SOCK), {@code jump} (the entry through which it is reached), {@code path} (where
 * programs are), {@code local} ({@code true}: this machine). Credentials: {@code key}, {@code
 * passphrase}, {@code password}. The name {@code localhost} is this machine where no entry says
 * otherwise.
 */
public final class Machines implements AutoCloseable {
  static final String KIND = "host";
  private static final String LOCALHOST = "localhost";
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final int MOST_JUMPS = 4;

  private final Inventory inventory;
  private final Duration idle;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Map<String, SshConnection> connections = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ssh-idle").factory());
  private @Nullable SshClient client;
  private boolean closed;

  public Machines(Inventory inventory) {
    this(inventory, IDLE);
  }

  /**
   * @param idle how long a session stays open that nobody uses
   */
  Machines(Inventory inventory, Duration idle) {
    this.inventory = inventory;
    this.idle = idle;
  }

  /**
   * The machine of an entry; not connected to yet.
   *
   * @throws ActionException if the inventory has no such machine, or its entry makes no sense
   */
  public synchronized Machine machine(Host host) throws ActionException {
    if (closed) {
      throw ActionException.refused(FailureKind.CANCELLED, "the adapter is closed");
    }
    Entry entry = entry(host);
    @Nullable Machine known = machines.get(entry.name());
    if (known == null) {
      String path = entry.text("path").orElse(PATH);
      known =
          isLocal(entry)
              ? new LocalMachine(entry.name(), path)
              : new SshMachine(connection(entry, new ArrayList<>()), path);
      machines.put(entry.name(), known);
    }
    return known;
  }

  /**
   * The entry of a machine.
   *
   * @throws ActionException if the inventory has none of that name
   */
  public Entry entry(Host host) throws ActionException {
    Optional<Entry> found = inventory.find(KIND, host.name());
    if (found.isEmpty() && host.name().equals(LOCALHOST)) {
      return Entry.of(KIND, LOCALHOST, Map.of("local", "true"));
    }
    return found.orElseThrow(
        () ->
            ActionException.refused(
                FailureKind.NOT_FOUND,
                "there is no host `" + host.name() + "` in the inventory; it has " + names()));
  }

  private String names() {
    List<String> names = inventory.of(KIND).stream().map(Entry::name).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /** How an operator would reach the machine: the words before a command line; no I/O. */
  public List<String> prefix(Host host) {
    try {
      Entry entry = entry(host);
      if (isLocal(entry)) {
        return List.of();
      }
      Address address = Address.of(entry);
      List<String> words = new ArrayList<>(List.of("ssh"));
      if (address.port() != 22) {
        words.addAll(List.of("-p", Integer.toString(address.port())));
      }
      if (address.jump() != null) {
        words.addAll(List.of("-J", address.jump()));
      }
      words.add(address.user() + "@" + address.host());
      return words;
    } catch (ActionException unknown) {
      return List.of("ssh", host.name());
    }
  }

  private static boolean isLocal(Entry entry) {
    return switch (entry.settings().get("local")) {
      case io.byteport.dsl.value.Value.BooleanValue flag -> flag.value();
      case null, default ->
          entry.text("local").map(Boolean::parseBoolean).orElse(entry.type().equals("local"));
    };
  }

  private SshConnection connection(Entry entry, List<String> through) throws ActionException {
    @Nullable SshConnection known = connections.get(entry.name());
    if (known != null) {
      return known;
    }
    if (through.contains(entry.name()) || through.size() > MOST_JUMPS) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the way to " + through.getFirst() + " goes in a circle: " + through);
    }
    through.add(entry.name());
    Address address = Address.of(entry);
    @Nullable SshConnection jump =
        address.jump() == null ? null : connection(entry(new Host(address.jump())), through);
    SshConnection connection = new SshConnection(address, client(), jump, timer, idle);
    connections.put(entry.name(), connection);
    return connection;
  }

  private SshClient client() {
    SshClient started = client;
    if (started == null) {
      started = SshClient.setUpDefaultClient();
      CoreModuleProperties.HEARTBEAT_INTERVAL.set(started, KEEP_ALIVE);
      CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(started, 2);
      CoreModuleProperties.IDLE_TIMEOUT.set(started, Duration.ZERO);
      started.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
      started.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
      started.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
      started.setForwarderFactory(DefaultForwarderFactory.INSTANCE);
      started.setAgentFactory(new Agents());
      started.setServerKeyVerifier(
          (session, remote, key) -> {
            Handshake handshake = Handshake.of(session);
            return handshake != null && handshake.accepts(key);
          });
      started.addSessionListener(new KeyOrder());
      started.start();
      client = started;
    }
    return started;
  }

  /** The agent of the machine that a session is for. */
  private static final class Agents extends ProxyAgentFactory {
    @Override
    public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
      Handshake handshake = Handshake.of(session);
      if (handshake == null
          || handshake.address().key() != null
          || handshake.address().password() != null) {
        return new AgentSocket(null);
      }
      return new AgentSocket(handshake.address().agent());
    }
  }

  private static final class KeyOrder implements SessionListener {
    @Override
    public void sessionNegotiationOptionsCreated(
        Session session, Map<KexProposalOption, String> proposal) {
      Handshake handshake = Handshake.of(session);
      if (handshake != null) {
        handshake.order(proposal);
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
    connections.values().forEach(SshConnection::close);
    if (client != null) {
      client.stop();
    }
    machines.clear();
    connections.clear();
  }
}
