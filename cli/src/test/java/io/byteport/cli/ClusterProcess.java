package io.byteport.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A simulated cluster in a process of its own, in real time, as a program meets a cluster. */
record ClusterProcess(Process process, String url, Path kubeconfig, Path requestLog)
    implements AutoCloseable {

  /** Returns when it can be used. */
  static ClusterProcess start(String scenario, Path folder) throws IOException {
    Path kubeconfig = folder.resolve("kubeconfig");
    Path requestLog = folder.resolve("requests.jsonl");
    Process process =
        java(
                "io.byteport.sim.kubernetes.SimulatedClusterServer",
                List.of(
                    "--scenario", scenario,
                    "--kubeconfig", kubeconfig.toString(),
                    "--request-log", requestLog.toString()))
            .redirectError(folder.resolve("cluster.err").toFile())
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String ready = out.readLine();
    if (ready == null || !ready.startsWith("ready ")) {
      throw new IOException(Files.readString(folder.resolve("cluster.err")));
    }
    return new ClusterProcess(process, ready.substring("ready ".length()), kubeconfig, requestLog);
  }

  /** Another JVM with this one's class path. */
  static ProcessBuilder java(String main, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  PlainApi api() {
    return new PlainApi(url);
  }

  /** The crashing pod of every scenario that comes with the simulation. */
  String pod() {
    return api().firstPod("production");
  }

  /** The requests so far that were not mere reads, as "METHOD path?query". */
  List<String> writes() throws IOException {
    List<String> writes = new ArrayList<>();
    for (String line : Files.readAllLines(requestLog)) {
      JsonNode request = JsonMapper.shared().readTree(line);
      if (!request.path("method").asString().equals("GET")) {
        writes.add(
            request.path("method").asString()
                + " "
                + request.path("path").asString()
                + "?"
                + request.path("query").asString());
      }
    }
    return writes;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
