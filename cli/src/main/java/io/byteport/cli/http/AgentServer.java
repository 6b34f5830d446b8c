package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentConfiguration.Listen;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.spi.Secret;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The agent over HTTP/1.1: what sources send, an interface for programs, pages for people. One
 * virtual thread for each connection. Beyond loopback it listens only where people are named.
 */
public final class AgentServer implements AutoCloseable {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(AgentServer.class);

  /** What the library says of itself when all is well is nothing to an operator. */
  private static final Logger LIBRARY = Logger.getLogger("io.helidon");

  /** That it cannot start is said here. */
  private static final Logger START = Logger.getLogger("io.helidon.webserver.LoomServer");

  private static final int LARGEST_HEAD = 32 * 1024;

  private final Deadlines deadlines;
  private final RunStreams streams;
  private final Api api;
  private final WebServer server;
  private final @Nullable CertificateWatch certificate;
  private volatile boolean draining;

  /**
   * @param secrets where the tokens of people are
   * @param loader reads runbooks as they were when runs were recorded
   */
  public record Parts(
      AgentView agent,
      Function<SecretReference, Secret> secrets,
      RunbookLoader loader,
      Pages pages,
      HttpCounts counts,
      HttpLimits limits) {}

  private AgentServer(Parts parts, InetAddress address) throws ListenException {
    AgentView agent = parts.agent();
    HttpLimits limits = parts.limits();
    Listen listen = agent.configuration().listen();
    AgentConfiguration.Tls files = listen.tls();
    Certificate shown = files == null ? null : read(files);
    People people = new People(() -> agent.configuration().access(), parts.secrets());
    people.readAll();
    BrowserSessions sessions = new BrowserSessions(agent.clock(), agent.store().sessions());
    TokenBuckets failures = new TokenBuckets(limits.failedLogins(), System::nanoTime);
    Door door = new Door(people, sessions, failures, address.isLoopbackAddress());
    Bodies bodies = new Bodies(limits);
    Guard guard = new Guard(parts.counts(), parts.pages());
    this.deadlines = new Deadlines(limits, parts.counts());
    this.streams = new RunStreams(agent, limits);
    this.api = new Api(agent, parts.loader(), streams, door, bodies, guard);
    Entrance entrance =
        new Entrance(door, people, sessions, failures, bodies, parts.pages(), parts.counts());
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.addFilter(new Frame(deadlines));
    routing.post("/*", new Webhooks(agent, bodies, guard, limits));
    new Probes(agent, door, guard, () -> draining).register(routing);
    api.register(routing);
    entrance.register(routing);
    parts.pages().register(routing, entrance);
    routing.any(
        guard.around(
            "other",
            (request, response) -> {
              throw new Problem(404, "not found", "nothing is here", Turned.UNKNOWN_PATH);
            }));
    LIBRARY.setLevel(Level.WARNING);
    START.setLevel(Level.OFF);
    WebServerConfig.Builder config = WebServer.builder();
    config
        .address(address)
        .port(listen.port())
        .shutdownHook(false)
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .maxTcpConnections(limits.connections())
        .maxPayloadSize(limits.bodyBytes())
        .shutdownGracePeriod(limits.grace())
        .addConnectionSelector(new PatientConnections(http(), deadlines))
        .directHandlers(unroutable(parts.counts()))
        .routing(routing);
    if (shown != null) {
      config.tls(tls(shown));
    }
    this.server = config.build();
    this.certificate =
        files == null
            ? null
            : new CertificateWatch(
                files, limits.certificateCheck(), next -> server.reloadTls(tls(next)));
  }

  /**
   * Listens where the configuration says; returns when it does.
   *
   * @throws ListenException if that would be open to everybody, or cannot be done
   */
  public static AgentServer start(Parts parts) throws ListenException {
    Listen listen = parts.agent().configuration().listen();
    InetAddress address = address(listen);
    if (!address.isLoopbackAddress()) {
      if (parts.agent().configuration().access().people().isEmpty()) {
        throw new ListenException(
            "the agent does not listen on "
                + listen.host()
                + " while everybody there could come in: name people with their tokens under"
                + " `access`, or listen on 127.0.0.1",
            null);
      }
      if (listen.tls() == null) {
        LOG.warn(
            "listens on {} without TLS: tokens can be read on the way, unless something in front"
                + " of the agent encrypts",
            listen.host());
      }
    }
    AgentServer made = new AgentServer(parts, address);
    made.server.start();
    if (!made.server.isRunning()) {
      made.close();
      throw new ListenException(
          "cannot listen on "
              + listen.host()
              + ":"
              + listen.port()
              + ": something listens there already, or this user may not; `listen` says where",
          null);
    }
    return made;
  }

  private static InetAddress address(Listen listen) throws ListenException {
    try {
      return InetAddress.getByName(listen.host());
    } catch (UnknownHostException e) {
      throw new ListenException(
          "cannot listen on " + listen.host() + ": there is no such name or address", e);
    }
  }

  private static Http1ConnectionSelector http() {
    return Http1ConnectionSelector.builder()
        .config(
            Http1Config.builder().maxHeadersSize(LARGEST_HEAD).continueImmediately(false).build())
        .build();
  }

  private static DirectHandlers unroutable(HttpCounts counts) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, new Unroutable(counts));
    }
    return handlers.build();
  }

  private static Certificate read(AgentConfiguration.Tls files) throws ListenException {
    try {
      return Certificate.read(files);
    } catch (IOException e) {
      throw new ListenException("the certificate cannot be used: " + e.getMessage(), e);
    }
  }

  private static Tls tls(Certificate certificate) {
    return Tls.builder()
        .privateKey(certificate.key())
        .privateKeyCertChain(certificate.chain())
        .build();
  }

  /** Where it listens, also where the configuration left that to the system. */
  public int port() {
    return server.port();
  }

  /** Everything that programs may ask. */
  List<Route> routes() {
    return api.routes();
  }

  /** From now on it says that it is not ready, and answers what still comes. */
  public void drain() {
    draining = true;
  }

  /** Takes nothing more, finishes what is under way for a moment, and ends. */
  @Override
  public void close() {
    draining = true;
    if (certificate != null) {
      certificate.close();
    }
    streams.close();
    deadlines.drain();
    server.stop();
    deadlines.close();
  }
}
