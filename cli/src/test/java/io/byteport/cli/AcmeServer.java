package io.byteport.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One pebble with an authority of its own. What it issues is valid for ninety days. */
final class AcmeServer {
  private final Path folder;
  private final Installed programs;
  private final int acme = Installed.freePort();
  private final int management = Installed.freePort();

  /**
   * @param http the port that it asks for answers to challenges
   */
  AcmeServer(Path folder, Installed programs, String nameServer, int http) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.programs = programs;
    programs.run(
        Map.of(),
        ("openssl req -x509 -newkey rsa:2048 -nodes -keyout %1$s/tls.key -out %1$s/tls.pem -days 2"
                + " -subj /CN=pebble -addext subjectAltName=DNS:localhost,IP:127.0.0.1")
            .formatted(folder)
            .split(" ", -1));
    Files.writeString(
        folder.resolve("pebble.json"),
        """
        {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
         "certificate": "%s/tls.pem", "privateKey": "%s/tls.key", "httpPort": %d, "tlsPort": 1,
         "ocspResponderURL": "", "externalAccountBindingRequired": false,
         "certificateValidityPeriod": 7776000}}
        """
            .formatted(acme, management, folder, folder, http));
    programs.start(
        Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "0", "PEBBLE_AUTHZREUSE", "0"),
        "pebble",
        "-config",
        folder + "/pebble.json",
        "-dnsserver",
        nameServer);
    programs.await(acme);
    programs.await(management);
    for (String what : new String[] {"root", "intermediate", "intermediate-key"}) {
      Files.writeString(folder.resolve(what + ".pem"), fetch(what + "s/0"));
    }
  }

  String directory() {
    return "https://127.0.0.1:" + acme + "/dir";
  }

  /** What its own TLS is verified by. */
  Path tls() {
    return folder.resolve("tls.pem");
  }

  /** What its certificates are verified by. */
  Path root() {
    return folder.resolve("root.pem");
  }

  Path intermediate() {
    return folder.resolve("intermediate.pem");
  }

  /** Signs, as the authority that it is, a certificate that ends soon. */
  void sign(Path key, Path certificate, String domain, int days) throws Exception {
    Path extensions = folder.resolve("extensions");
    Files.writeString(
        extensions,
        "subjectAltName=DNS:"
            + domain
            + "\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:false");
    programs.run(
        Map.of(),
        "openssl req -new -newkey rsa:2048 -nodes -keyout %s -out %s/csr.pem -subj /CN=soon"
            .formatted(key, folder)
            .split(" ", -1));
    programs.run(
        Map.of(),
        ("openssl x509 -req -in %1$s/csr.pem -CA %1$s/intermediate.pem -CAkey"
                + " %1$s/intermediate-key.pem -CAcreateserial -days %2$d -extfile %3$s -out %4$s")
            .formatted(folder, days, extensions, certificate)
            .split(" ", -1));
  }

  private String fetch(String path) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(Hammer.trusting()).build()) {
      URI address = URI.create("https://localhost:" + management + "/" + path);
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
