package io.byteport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Ends TLS before a server of this machine and passes on what is said, both ways, as it comes. */
final class TlsDoor implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final ServerSocket server;
  private final URI behind;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * @param authority is written: whom one has to trust to enter
   */
  TlsDoor(String behind, Path authority) throws IOException, GeneralSecurityException {
    this.behind = URI.create(behind);
    Path keys = authority.resolveSibling("door.p12");
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=api",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        keys.toString());
    keytool("-exportcert", "-rfc", "-file", authority.toString(), "-keystore", keys.toString());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private static void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "door", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
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
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket outside = server.accept();
        Socket inside = new Socket(behind.getHost(), behind.getPort());
        open.add(outside);
        open.add(inside);
        Thread.ofPlatform().daemon().start(() -> pass(outside, inside));
        Thread.ofPlatform().daemon().start(() -> pass(inside, outside));
      } catch (IOException closed) {
        open.removeIf(Socket::isClosed); // this one did not come in, or the door is closed
      }
    }
  }

  /** Until one of them hangs up. */
  private void pass(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException hungUp) {
      open.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
