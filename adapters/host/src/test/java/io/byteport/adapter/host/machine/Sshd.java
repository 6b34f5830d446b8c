package io.byteport.adapter.host.machine;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Inventory.Entry;
import io.byteport.engine.spi.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** OpenSSH's server on a free port, with keys of its own in a folder of its own. */
public final class Sshd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

  private final Path folder;
  private final int port;
  private final Process server;

  private Sshd(Path folder, int port, Process server) {
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  public static Sshd start(Path folder, String... options)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "sshd is not installed");
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "sshd needs root to let users in");
    Files.createDirectories(Path.of("/run/sshd"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    keygen(folder.resolve("host_ed25519"), "ed25519");
    keygen(folder.resolve("host_rsa"), "rsa");
    keygen(folder.resolve("user_key"), "ed25519");
    Files.copy(folder.resolve("user_key.pub"), folder.resolve("authorized_keys"));
    int port = freePort();
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + folder.resolve("host_ed25519"),
                "HostKey " + folder.resolve("host_rsa"),
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PidFile " + folder.resolve("pid"),
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "StrictModes no",
                "UsePAM no",
                "LogLevel VERBOSE"));
    lines.addAll(List.of(options));
    Path configuration = Files.write(folder.resolve("sshd_config"), lines);
    Process server =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-D",
                "-f",
                configuration.toString(),
                "-E",
                folder.resolve("log").toString())
            .start();
    Sshd sshd = new Sshd(folder, port, server);
    Files.writeString(
        folder.resolve("known_hosts"),
        "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host_ed25519.pub")));
    sshd.awaitListening();
    return sshd;
  }

  private static void keygen(Path file, String type) throws IOException, InterruptedException {
    Process keygen =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", type, "-N", "", "-C", "test", "-f", file.toString())
            .inheritIO()
            .start();
    if (keygen.waitFor() != 0) {
      throw new IOException("ssh-keygen failed");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening() throws IOException, InterruptedException {
    for (int i = 0; i < 600; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        if (server.waitFor(100, TimeUnit.MILLISECONDS)) {
          throw new IOException("sshd ended: " + log(), notYet);
        }
      }
    }
    throw new IOException("sshd does not listen: " + log());
  }

  public String log() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** How many connections were let in. */
  public long sessions() throws IOException {
    return log().lines().filter(line -> line.contains("Accepted publickey")).count();
  }

  /** Ends every connection at once, as a network would. */
  public void cut() {
    server
        .descendants()
        .filter(each -> each.info().command().orElse("").contains("sshd"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  public Path folder() {
    return folder;
  }

  public int port() {
    return port;
  }

  /** An entry of the inventory for this server. */
  public Entry entry(String name) throws IOException {
    return entry(name, Map.of(), folder.resolve("user_key"));
  }

  /** An entry with other settings, or another key. */
  public Entry entry(String name, Map<String, String> settings, Path key) throws IOException {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("address", Value.of("127.0.0.1"));
    values.put("port", Value.of((double) port));
    values.put("user", Value.of("root"));
    values.put(
        "programs",
        Value.of(
            Stream.of("sh **", "printf **", "cat **", "no-such-program").map(Value::of).toList()));
    values.put("knownHosts", Value.of(folder.resolve("known_hosts").toString()));
    settings.forEach((setting, value) -> values.put(setting, Value.of(value)));
    String text = Files.readString(key);
    return new Entry(
        "host",
        "host",
        name,
        List.of(),
        values,
        Map.of("key", new Secret("a file", () -> text, value -> {})),
        Map.of(),
        Map.of());
  }

  @Override
  public void close() {
    cut();
    server.destroyForcibly();
    try {
      if (!server.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("sshd does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
