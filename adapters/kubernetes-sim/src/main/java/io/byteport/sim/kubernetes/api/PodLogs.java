package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.control.LogLine;
import io.byteport.sim.kubernetes.control.Simulation;
import io.byteport.sim.kubernetes.store.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code log} subresource of pods. It does not follow: it ends with what is there now. */
final class PodLogs {
  private PodLogs() {}

  static ApiResponse read(Simulation simulation, ObjectNode pod, ApiRequest request) {
    String name = Json.text(pod, "metadata", "name");
    String container = container(pod, request.parameter("container"));
    boolean previous = request.flag("previous");
    List<LogLine> lines =
        simulation
            .log(pod, container, previous)
            .orElseThrow(
                () -> ApiException.badRequest(unavailable(pod, name, container, previous)));
    int seconds = request.number("sinceSeconds", 0);
    if (seconds > 0) {
      lines =
          lines.stream()
              .filter(l -> !l.at().isBefore(simulation.now().minusSeconds(seconds)))
              .toList();
    }
    int tail = request.number("tailLines", -1);
    if (tail >= 0 && tail < lines.size()) {
      lines = lines.subList(lines.size() - tail, lines.size());
    }
    boolean timestamps = request.flag("timestamps");
    String text =
        lines.stream()
            .map(l -> (timestamps ? l.at() + " " : "") + l.text() + "\n")
            .collect(Collectors.joining());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int limit = request.number("limitBytes", Integer.MAX_VALUE);
    return new ApiResponse.Whole(
        200, "text/plain", limit < bytes.length ? Arrays.copyOf(bytes, limit) : bytes);
  }

  /** A log that is made while it is sent. */
  static ApiResponse huge(long bytes, int lineBytes, ApiRequest request) {
    long limit = request.number("limitBytes", Integer.MAX_VALUE);
    long tail = (long) request.number("tailLines", Integer.MAX_VALUE) * lineBytes;
    long total = Math.min(bytes, Math.min(limit, tail));
    return new ApiResponse.Streamed("text/plain", out -> writeHuge(out, total, lineBytes));
  }

  private static void writeHuge(OutputStream out, long total, int lineBytes) throws IOException {
    byte[] line = new byte[Math.max(2, Math.min(lineBytes, 1 << 16))];
    Arrays.fill(line, (byte) 'x');
    long inLine = 0;
    for (long sent = 0; sent < total; ) {
      int length = (int) Math.min(line.length, Math.min(total - sent, lineBytes - inLine));
      inLine += length;
      boolean end = inLine >= lineBytes;
      out.write(line, 0, end ? length - 1 : length);
      if (end) {
        out.write('\n');
        inLine = 0;
      }
      sent += length;
    }
  }

  private static String container(ObjectNode pod, String asked) {
    List<ObjectNode> containers = Json.objects(pod, "spec", "containers");
    String name = Json.text(pod, "metadata", "name");
    if (asked.isEmpty()) {
      if (containers.size() == 1) {
        return Json.text(containers.getFirst(), "name");
      }
      String choices =
          containers.stream().map(c -> Json.text(c, "name")).collect(Collectors.joining(" "));
      throw ApiException.badRequest(
          "a container name must be specified for pod %s, choose one of: [%s]"
              .formatted(name, choices));
    }
    if (Stream.concat(containers.stream(), Json.objects(pod, "spec", "initContainers").stream())
        .noneMatch(c -> asked.equals(Json.text(c, "name")))) {
      throw ApiException.badRequest("container %s is not valid for pod %s".formatted(asked, name));
    }
    return asked;
  }

  private static String unavailable(
      ObjectNode pod, String name, String container, boolean previous) {
    if (previous) {
      return "previous terminated container \"%s\" in pod \"%s\" not found"
          .formatted(container, name);
    }
    String reason =
        Stream.of("containerStatuses", "initContainerStatuses")
            .map(group -> Json.named(Json.at(pod, "status", group), container))
            .map(status -> Json.text(status, "state", "waiting", "reason"))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    String why =
        switch (reason) {
          case "ErrImagePull" -> "image can't be pulled";
          case "ImagePullBackOff" -> "trying and failing to pull image";
          case "" -> "ContainerCreating";
          default -> reason;
        };
    return "container \"%s\" in pod \"%s\" is waiting to start: %s".formatted(container, name, why);
  }
}
