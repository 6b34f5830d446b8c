package io.byteport.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.byteport.cli.world.ZoneServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A web server as it is installed that serves a certificate of an authority of its own, which ends
 * in four days and which certbot keeps. All of it is in one folder and on free ports.
 */
final class RenewalLab implements AutoCloseable {
  static final String DOMAIN = "www.example.com";

  /** Who serves the certificate. */
  enum Server {
    NGINX,
    HAPROXY,
    CADDY;

    String program() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Path folder;
  private final Server server;
  private final Installed programs;
  private final ZoneServer names = new ZoneServer();
  private final HttpServer challenges;
  private final AcmeServer ours;
  private final AcmeServer renewing;
  private final int tls = Installed.freePort();
  private volatile boolean answering = true;

  /**
   * @param stranger whether certbot renews with another authority than the one that is trusted, as
   *     after a rehearsal that was left in its configuration
   */
  RenewalLab(Path folder, Server server, boolean stranger) throws Exception {
    this.folder = folder;
    this.server = server;
    this.programs = new Installed(folder);
    for (String name : List.of("web", "le", "backups", "tmp", "bin")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    challenges = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    challenges.createContext("/", this::answer);
    challenges.start();
    int http = challenges.getAddress().getPort();
    try {
      ours = new AcmeServer(folder.resolve("ours"), programs, names.address(), http);
      renewing =
          stranger
              ? new AcmeServer(folder.resolve("stranger"), programs, names.address(), http)
              : ours;
      issue();
      ours.sign(kept("privkey"), kept("cert"), DOMAIN, 4);
      Files.copy(ours.intermediate(), kept("chain"), StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(
          kept("fullchain"), Files.readString(kept("cert")) + Files.readString(kept("chain")));
      serve();
      programs.await(tls);
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  /** What certbot has put down for the authority to fetch. */
  private void answer(HttpExchange exchange) throws IOException {
    Path file = folder.resolve("web" + exchange.getRequestURI().getPath());
    try (exchange) {
      if (answering && Files.isRegularFile(file)) {
        byte[] bytes = Files.readAllBytes(file);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  /** From now on the authority finds nothing at the domain. */
  void answerNoChallenge() {
    answering = false;
  }

  /** What a run is started with that looks whose zone a name is in. */
  String asking() {
    return "--param=nameServer=" + names.address();
  }

  /** What every run is started with. */
  String[] run(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                "--live",
                "--host=web",
                "--address=localhost",
                "--port=" + tls,
                "--server=" + server.program(),
                "--connections=" + connections(),
                "--state=" + folder.resolve("state"),
                "--param=caFile=" + ours.root(),
                "--param=certificateRoots=" + folder.resolve("le"),
                "--param=backupDir=" + folder.resolve("backups"),
                "--param=caddyConfig=" + folder.resolve("Caddyfile"),
                "--param=haproxyConfig=" + folder.resolve("haproxy.cfg"),
                "--param=haproxyPid=" + folder.resolve("haproxy.pid")));
    words.addAll(Arrays.asList(more));
    return words.toArray(String[]::new);
  }

  private Path connections() throws IOException {
    return Files.writeString(
        folder.resolve("connections.yaml"),
        """
        apiVersion: byteport.io/v1
        kind: Connections
        connections:
          web:
            type: local
            programs:
              - nginx -s reload
              - caddy reload --force --config *
              - haproxy **
            annotations: { byteport.io/auto-remediate: cert }
            path: "%1$s/bin:/usr/sbin:/usr/bin:/sbin:/bin"
            certbotConfigDir: %1$s/le
            certbotWorkDir: %1$s/work
            certbotLogsDir: %1$s/logs
            acmeCaFile: %2$s
            acmeStaging: %3$s
        """
            .formatted(folder, renewing.tls(), renewing.directory()));
  }

  int tls() {
    return tls;
  }

  /** Where the authority stands that is trusted. */
  Path root() {
    return ours.root();
  }

  Path log() throws IOException {
    return Files.createDirectories(folder.resolve("logs")).resolve("letsencrypt.log");
  }

  /** Everything that certbot keeps and that was backed up, with what it holds. */
  Map<String, String> files() throws IOException {
    return files("le", "backups");
  }

  /** The certificates that certbot keeps, with their keys, under the names that it gives out. */
  Map<String, String> certificates() throws IOException {
    return files("le/archive", "le/live");
  }

  private Map<String, String> files(String... places) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String place : places) {
      try (Stream<Path> all = Files.walk(folder.resolve(place))) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(folder.relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return files;
  }

  private Path kept(String what) throws IOException {
    return folder.resolve("le/live/" + DOMAIN + "/" + what + ".pem").toRealPath();
  }

  private void issue() throws Exception {
    List<String> command = new ArrayList<>(List.of("certbot", "certonly", "--webroot"));
    command.addAll(List.of("-w", folder + "/web", "-d", DOMAIN, "--agree-tos"));
    command.addAll(List.of("--register-unsafely-without-email", "--non-interactive"));
    command.addAll(List.of("--server", renewing.directory(), "--config-dir", folder + "/le"));
    command.addAll(List.of("--work-dir", folder + "/work", "--logs-dir", folder + "/logs"));
    if (server == Server.HAPROXY) {
      Path hook =
          script("join", "cat " + live("fullchain") + " " + live("privkey") + " > " + joined());
      command.addAll(List.of("--deploy-hook", hook.toString()));
    }
    Map<String, String> trusting = Map.of("REQUESTS_CA_BUNDLE", renewing.tls().toString());
    programs.run(trusting, command.toArray(String[]::new));
  }

  private Path live(String what) {
    return folder.resolve("le/live/" + DOMAIN + "/" + what + ".pem");
  }

  /** HAProxy has chain and key in one file. */
  private Path joined() {
    return folder.resolve("le/haproxy.pem");
  }

  private Path script(String name, String line) throws IOException {
    Path script =
        Files.writeString(folder.resolve("bin").resolve(name), "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  private void serve() throws Exception {
    switch (server) {
      case NGINX -> nginx();
      case HAPROXY -> haproxy();
      case CADDY -> caddy();
    }
  }

  private void nginx() throws Exception {
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
          server {
            listen 127.0.0.1:%2$d ssl;
            ssl_certificate %3$s;
            ssl_certificate_key %4$s;
            location / { return 200 "ok"; }
          }
        }
        """
            .formatted(folder, tls, live("fullchain"), live("privkey")));
    script("nginx", "exec /usr/sbin/nginx -c " + folder + "/nginx.conf \"$@\"");
    programs.start(Map.of(), folder + "/bin/nginx");
  }

  private void haproxy() throws Exception {
    Files.writeString(
        joined(), Files.readString(live("fullchain")) + Files.readString(live("privkey")));
    Files.writeString(
        folder.resolve("haproxy.cfg"),
        """
        global
          stats socket %1$s/haproxy.sock mode 600 level admin expose-fd listeners
        defaults
          mode http
          timeout client 60s
          timeout server 60s
          timeout connect 60s
        frontend web
          bind 127.0.0.1:%2$d ssl crt %3$s
          http-request return status 200 content-type text/plain string "ok"
        """
            .formatted(folder, tls, joined()));
    Path pid = folder.resolve("haproxy.pid");
    script(
        "haproxy",
        "case \"$* \" in *\"-sf $(cat %s) \"*) exec /usr/sbin/haproxy \"$@\" ;; esac; exit 9"
            .formatted(pid));
    programs.run(
        Map.of(), "/usr/sbin/haproxy", "-D", "-f", folder + "/haproxy.cfg", "-p", pid.toString());
  }

  private void caddy() throws Exception {
    Files.writeString(
        folder.resolve("Caddyfile"),
        """
        {
          admin 127.0.0.1:%1$d
          auto_https off
          default_sni %5$s
        }
        :%2$d {
          tls %3$s %4$s
          respond "ok"
        }
        """
            .formatted(Installed.freePort(), tls, live("fullchain"), live("privkey"), DOMAIN));
    Map<String, String> home = Map.of("HOME", folder.toString());
    programs.start(home, "caddy", "run", "--config", folder + "/Caddyfile");
  }

  @Override
  public void close() throws IOException {
    Path pid = folder.resolve("haproxy.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
    programs.close();
    challenges.stop(0);
    names.close();
  }
}
