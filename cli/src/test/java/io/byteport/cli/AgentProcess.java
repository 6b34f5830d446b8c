package io.byteport.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The agent as a process of its own, as operators start it, with what it needs around it. */
final class AgentProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final int port;
  final Path folder;
  final Path file;
  final List<String> told = new CopyOnWriteArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final HttpServer chat;
  private volatile int chatAnswers = 200;
  private Process process;

  AgentProcess(Path folder) throws IOException {
    this.folder = folder;
    this.file = folder.resolve("agent.yaml");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    this.chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    chat.createContext(
        "/",
        exchange -> {
          String said =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          int status = chatAnswers;
          if (status == 200) {
            told.add(said);
          }
          exchange.sendResponseHeaders(status, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    chat.start();
  }

  /** Writes the configuration: this one with a few words put in. */
  AgentProcess configured(String yaml) throws IOException {
    Files.writeString(
        file, yaml.replace("PORT", Integer.toString(port)).replace("FOLDER", folder.toString()));
    return this;
  }

  /** From now on whoever writes to the chat is answered so; what is not 200 is not heard. */
  void chatAnswers(int status) {
    this.chatAnswers = status;
  }

  /** Something that the process finds in its environment. */
  AgentProcess with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  AgentProcess start() throws IOException {
    return start(Map.of());
  }

  /** Starts it with further variables. */
  AgentProcess start(Map<String, String> more) throws IOException {
    ProcessBuilder child =
        ClusterProcess.java(
                Main.class.getName(),
                List.of("agent", "--config", file.toString(), "--drain", "10s"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    child.environment().put("CHAT", "http://127.0.0.1:" + chat.getAddress().getPort() + "/hook");
    child.environment().putAll(environment);
    child.environment().putAll(more);
    process = child.start();
    return this;
  }

  String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return "";
    }
  }

  void await(String what, BooleanSupplier holds) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not within " + PATIENCE + ": " + what + "\n" + end(log()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - 3_000));
  }

  void awaitReady() throws InterruptedException {
    await("it is ready", () -> status("/readyz") == 200 || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("it has ended\n" + log());
    }
  }

  int status(String path) {
    try {
      return get(path).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  int post(String path, String body) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  /** The sum of all rows of a metric that have a label; of all where it is empty. */
  Double metric(String name, String label) {
    try {
      return get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(name) && !Character.isLetter(line.charAt(name.length())))
          .filter(line -> line.contains(label))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What its heap holds once everything that nobody needs is gone. */
  long heapInUse() throws IOException, InterruptedException {
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(process.pid()),
            "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return metric("jvm_memory_used_bytes", "area=\"heap\"").longValue();
  }

  boolean tells(String words) {
    return told.stream().anyMatch(one -> one.contains(words));
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As a system tells a process to stop. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end\n" + log());
    }
    return process.exitValue();
  }

  int exit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end\n" + log());
    }
    return process.exitValue();
  }

  /** Sends it a signal by name, such as {@code HUP}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.destroyForcibly();
      process.onExit().join();
    }
    chat.stop(0);
  }
}
