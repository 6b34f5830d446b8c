package io.byteport.adapter.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Ends TLS before a simulated API server, and answers 401 to every token but the one that holds at
 * present, which stands for one account.
 */
final class TlsFront implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient onwards = HttpClient.newHttpClient();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final String account;
  private volatile String holds;

  /** The certificate of its authority is written to {@code ca.crt} in the folder. */
  TlsFront(String url, Path folder, String account, String token)
      throws IOException, GeneralSecurityException {
    this.account = account;
    this.holds = token;
    Path keys = folder.resolve("server.p12");
    keytool("-genkeypair", "-keystore", keys.toString(), "-alias", "server", "-keyalg", "EC");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        keys.toString(),
        "-alias",
        "server",
        "-file",
        folder.resolve("ca.crt").toString());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(threads);
    server.createContext("/", exchange -> pass(exchange, url));
    server.start();
  }

  private static void keytool(String verb, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.add(verb);
    command.addAll(List.of("-storepass", new String(PASSWORD), "-storetype", "PKCS12"));
    if (verb.equals("-genkeypair")) {
      command.addAll(List.of("-dname", "CN=api", "-ext", "san=ip:127.0.0.1", "-validity", "2"));
    }
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** From now on this one holds, and no other. */
  void accept(String token) {
    holds = token;
  }

  /** What was shown by those who were refused. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private void pass(HttpExchange exchange, String url) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      if (!shown.equals("Bearer " + holds)) {
        refused.add(shown);
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + exchange.getRequestURI()))
              .header("Authorization", "Bearer " + account)
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<byte[]> answer = onwards.send(request, HttpResponse.BodyHandlers.ofByteArray());
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
