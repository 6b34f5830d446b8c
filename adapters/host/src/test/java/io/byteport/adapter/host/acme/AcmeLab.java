package io.byteport.adapter.host.acme;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * An ACME server (pebble) with a name server (pebble-challtestsrv) that answers every name with the
 * loopback address, and an nginx that serves challenges over HTTP and a certificate of that server
 * over TLS. All of it in one folder and on free ports.
 */
final class AcmeLab implements AutoCloseable {
  static final String DOMAIN = "www.example.com";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final int acme = freePort();
  private final int management = freePort();
  private final int names = freePort();
  private final int challenges = freePort();
  private final int http = freePort();
  private final int tls = freePort();

  AcmeLab(Path folder) throws Exception {
    this.folder = folder;
    try {
      open();
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  static boolean isInstalled() {
    return Stream.of("pebble", "pebble-challtestsrv", "certbot", "nginx", "openssl")
        .allMatch(
            program ->
                Stream.of("/usr/bin/", "/usr/sbin/", "/usr/local/bin/")
                    .anyMatch(place -> Files.isExecutable(Path.of(place + program))));
  }

  private void open() throws Exception {
    for (String name : List.of("web", "le", "work", "logs", "backups", "tmp")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "pebble.key",
        "-out",
        "pebble.pem",
        "-days",
        "2",
        "-subj",
        "/CN=pebble",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1");
    Files.writeString(
        folder.resolve("pebble.json"),
        """
        {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
         "certificate": "pebble.pem", "privateKey": "pebble.key", "httpPort": %d, "tlsPort": %d,
         "ocspResponderURL": "", "externalAccountBindingRequired": false,
         "certificateValidityPeriod": 7776000}}
        """
            .formatted(acme, management, http, tls));
    start(
        Map.of(),
        "pebble-challtestsrv",
        "-defaultIPv4",
        "127.0.0.1",
        "-defaultIPv6",
        "",
        "-dns01",
        "127.0.0.1:" + names,
        "-http01",
        "",
        "-https01",
        "",
        "-tlsalpn01",
        "",
        "-management",
        "127.0.0.1:" + challenges);
    await(challenges);
    start(
        Map.of(
            "PEBBLE_VA_NOSLEEP", "1",
            "PEBBLE_WFE_NONCEREJECT", "0",
            "PEBBLE_AUTHZREUSE", "0"), // else half of all orders need no challenge
        "pebble",
        "-config",
        "pebble.json",
        "-dnsserver",
        "127.0.0.1:" + names);
    await(acme);
    await(management);
    nginx(false);
    start(Map.of(), "nginx", "-c", configuration());
    await(http);
    Files.writeString(folder.resolve("roots.pem"), root());
    run(
        "certbot",
        "certonly",
        "--webroot",
        "-w",
        folder + "/web",
        "-d",
        DOMAIN,
        "-d",
        "api.example.com",
        "--agree-tos",
        "--register-unsafely-without-email",
        "--non-interactive",
        "--server",
        directory(),
        "--config-dir",
        folder + "/le",
        "--work-dir",
        folder + "/work",
        "--logs-dir",
        folder + "/logs",
        "--http-01-port",
        Integer.toString(http));
    nginx(true);
    run("nginx", "-c", configuration(), "-s", "reload");
    await(tls);
  }

  String directory() {
    return "https://127.0.0.1:" + acme + "/dir";
  }

  int tls() {
    return tls;
  }

  String configuration() {
    return folder + "/nginx.conf";
  }

  /** A PEM file with the root of the authority that issues. */
  String roots() {
    return folder + "/roots.pem";
  }

  /** What the inventory says about this machine. */
  Map<String, String> machine() {
    return Map.of(
        "local", "true",
        "programs", "nginx -c * -s reload",
        "certbotConfigDir", folder + "/le",
        "certbotWorkDir", folder + "/work",
        "certbotLogsDir", folder + "/logs",
        "acmeStaging", directory(),
        "acmeCaFile", folder + "/pebble.pem");
  }

  private void nginx(boolean withTls) throws IOException {
    String server =
        """
          server {
            listen 127.0.0.1:%d ssl;
            ssl_certificate %s/le/live/%s/fullchain.pem;
            ssl_certificate_key %s/le/live/%s/privkey.pem;
            location / { return 200 "ok"; }
          }
        """
            .formatted(tls, folder, DOMAIN, folder, DOMAIN);
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        pid %1$s/nginx.pid;
        error_log %1$s/nginx.log;
        worker_processes 2;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/tmp/b; proxy_temp_path %1$s/tmp/p; fastcgi_temp_path %1$s/tmp/f;
          uwsgi_temp_path %1$s/tmp/u; scgi_temp_path %1$s/tmp/s;
          server { listen 127.0.0.1:%2$d; location / { root %1$s/web; } }
        %3$s
        }
        """
            .formatted(folder, http, withTls ? server : ""));
  }

  private String root() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("https://localhost:" + management + "/roots/0"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** Believes everybody: what is served is looked at elsewhere. */
  static SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
    return context;
  }

  private void start(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = builder(command);
    builder.environment().putAll(environment);
    processes.add(builder.start());
  }

  private void run(String... command) throws Exception {
    ProcessBuilder builder = builder(command);
    builder.environment().put("REQUESTS_CA_BUNDLE", folder + "/pebble.pem");
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(
          String.join(" ", command) + " failed: " + Files.readString(folder.resolve("out.log")));
    }
  }

  private ProcessBuilder builder(String... command) {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.log").toFile()));
  }

  private void await(int port) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    throw new AssertionError(
        "nothing listens on " + port + ": " + Files.readString(folder.resolve("out.log")));
  }

  private static int freePort() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static final class Everybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
