package io.byteport.sim.host;

import io.byteport.sim.host.program.Reply;
import io.byteport.sim.host.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.command.Command;

/**
 * A simulated machine behind a real SSH server on this one's loopback: whoever reaches machines
 * over SSH reaches it, with nothing exchanged. Close it.
 */
public final class SimulatedHostServer implements AutoCloseable {
  /** The user that it lets in. */
  public static final String USER = "byteport";

  private final SimulatedHost host;
  private final SshServer server;
  private final String password = UUID.randomUUID().toString();
  private final String key;

  private SimulatedHostServer(SimulatedHost host) throws IOException {
    this.host = host;
    KeyPair pair = keys();
    key = PublicKeyEntry.toString(pair.getPublic());
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(pair));
    server.setPasswordAuthenticator(
        (user, offered, session) -> USER.equals(user) && password.equals(offered));
    server.setCommandFactory(this::command);
    server.start();
  }

  /**
   * Starts a machine.
   *
   * @param clock stands at the start of the scenario or later
   */
  public static SimulatedHostServer start(Scenario scenario, InstantSource clock)
      throws IOException {
    return new SimulatedHostServer(new SimulatedHost(scenario, clock));
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public SimulatedHost host() {
    return host;
  }

  /** Where it answers: host and port. */
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** Of {@link #USER}; another one for each machine. */
  public String password() {
    return password;
  }

  /** The line of a known_hosts file by which it is known. */
  public String knownHost() {
    return "[127.0.0.1]:" + server.getPort() + " " + key + "\n";
  }

  private Command command(ChannelSession channel, String line) {
    return new AbstractCommandSupport(host.scenario().name(), null) {
      @Override
      public void run() {
        try {
          Reply reply =
              Login.run(
                  host,
                  line,
                  () -> {
                    try {
                      return getInputStream().readAllBytes();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
          getOutputStream().write(reply.stdout());
          getOutputStream().flush();
          getErrorStream().write(reply.stderr());
          getErrorStream().flush();
          onExit(reply.status());
        } catch (IOException | UncheckedIOException e) {
          onExit(255, String.valueOf(e.getMessage()));
        }
      }
    };
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
