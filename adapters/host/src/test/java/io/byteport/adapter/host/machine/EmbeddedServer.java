package io.byteport.adapter.host.machine;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Inventory.Entry;
import io.byteport.engine.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;

/** An SSH server in this process, whose programs are processes of this machine. */
final class EmbeddedServer implements AutoCloseable {
  private static final String PASSWORD = "correct horse";

  private final SshServer server;
  private final Path knownHosts;

  EmbeddedServer(Path folder) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair key = generator.generateKeyPair();
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPasswordAuthenticator((user, password, session) -> PASSWORD.equals(password));
    server.setCommandFactory(
        (channel, line) ->
            new ProcessShellFactory(line, List.of("/bin/sh", "-c", line)).createShell(channel));
    server.start();
    knownHosts =
        Files.writeString(
            folder.resolve("known_hosts"),
            "[127.0.0.1]:"
                + server.getPort()
                + " "
                + PublicKeyEntry.toString(key.getPublic())
                + "\n");
  }

  Entry entry(String name, String password) {
    return new Entry(
        "host",
        "host",
        name,
        List.of(),
        Map.of(
            "address", Value.of("127.0.0.1:" + server.getPort()),
            "user", Value.of("agent"),
            "knownHosts", Value.of(knownHosts.toString())),
        Map.of("password", new Secret("a test", () -> password, value -> {})),
        Map.of(),
        Map.of());
  }

  Entry entry(String name) {
    return entry(name, PASSWORD);
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
