package io.byteport.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Programs of this machine that run in one folder, until they are closed. */
final class Installed implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<Process> running = new ArrayList<>();

  Installed(Path folder) {
    this.folder = folder;
  }

  /** Where a program is; empty if it is not installed. */
  static Optional<Path> find(String program) {
    return Stream.of("/usr/bin/", "/usr/sbin/", "/usr/local/bin/")
        .map(place -> Path.of(place + program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static int freePort() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    }
  }

  /** Starts a program that goes on. */
  void start(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = builder(command);
    builder.environment().putAll(environment);
    running.add(builder.start());
  }

  /** Runs a program to its end, which must be a good one. */
  void run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = builder(command);
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " failed: " + said());
    }
  }

  private ProcessBuilder builder(String... command) {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.log").toFile()));
  }

  /** The end of what they said. */
  private String said() throws IOException {
    String all = Files.readString(folder.resolve("out.log"));
    return all.substring(Math.max(0, all.length() - 4000));
  }

  /** Until something listens. */
  void await(int port) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    throw new AssertionError("nothing listens on " + port + ": " + said());
  }

  @Override
  public void close() {
    for (Process process : running.reversed()) {
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
}
