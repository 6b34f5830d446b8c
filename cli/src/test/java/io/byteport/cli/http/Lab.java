package io.byteport.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.connection.SecretSources;
import io.byteport.engine.spi.ClusterSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A server on a free port, and who asks it. */
final class Lab implements AutoCloseable {
  /** Of everything that waits, so long that only what never comes is late. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final FakeAgent agent;
  final Counted counts = new Counted();
  final AgentServer server;
  final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String scheme;

  Lab(FakeAgent agent, Limits limits, Pages pages) throws ListenException {
    this.agent = agent;
    this.scheme = agent.configuration().listen().tls() == null ? "http" : "https";
    this.server =
        AgentServer.start(
            new AgentServer.Parts(
                agent,
                new SecretSources(Configured.ENVIRONMENT, ClusterSecrets.NONE, value -> {})::secret,
                FakeAgent.LOADER,
                pages,
                counts,
                limits.all()));
  }

  static Lab of(Configured configured) throws ListenException {
    return of(configured, Limits.standard());
  }

  static Lab of(Configured configured, Limits limits) throws ListenException {
    return new Lab(FakeAgent.inMemory().with(configured), limits, Pages.NONE);
  }

  /** What was counted. */
  static final class Counted implements HttpCounts {
    private final Map<Turned, AtomicLong> refused = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> answered = new ConcurrentHashMap<>();

    @Override
    public void refused(Turned why, String where) {
      refused.computeIfAbsent(why, key -> new AtomicLong()).incrementAndGet();
    }

    @Override
    public void answered(String where, int status, Duration took) {
      answered.computeIfAbsent(where + " " + status, key -> new AtomicLong()).incrementAndGet();
    }

    long of(Turned why) {
      AtomicLong count = refused.get(why);
      return count == null ? 0 : count.get();
    }

    /** Waits until so many were turned away; fails where they are not. */
    void await(Turned why, long count) throws InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (of(why) < count && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(of(why)).as(why.word()).isEqualTo(count);
    }

    /** Where and with which status how much was answered. */
    long of(String answer) {
      AtomicLong count = answered.get(answer);
      return count == null ? 0 : count.get();
    }
  }

  URI at(String path) {
    String host = scheme.equals("https") ? "localhost" : "127.0.0.1";
    return URI.create(scheme + "://" + host + ":" + server.port() + path);
  }

  HttpResponse<String> get(String path, @Nullable String who)
      throws IOException, InterruptedException {
    return send(by(HttpRequest.newBuilder(at(path)), who).GET());
  }

  HttpResponse<String> post(String path, @Nullable String who, String body)
      throws IOException, InterruptedException {
    return send(
        by(HttpRequest.newBuilder(at(path)), who)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
  }

  static HttpRequest.Builder by(HttpRequest.Builder request, @Nullable String who) {
    return who == null
        ? request
        : request.header("Authorization", "Bearer " + Configured.token(who));
  }

  /** Says something as it is, and gives all that comes back until the other side hangs up. */
  String raw(String text) throws IOException {
    try (Socket socket = connect()) {
      say(socket, text);
      socket.shutdownOutput();
      return rest(socket);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** What comes until the other side hangs up, however it does. */
  static String rest(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    byte[] some = new byte[4096];
    while (true) {
      int count;
      try {
        count = in.read(some);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException reset) {
        return text.toString();
      }
      if (count < 0) {
        return text.toString();
      }
      text.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
    }
  }

  @Override
  public void close() {
    server.close();
    agent.close();
    client.close();
  }
}
