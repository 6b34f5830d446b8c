package io.byteport.adapter.probes.prometheus;

import io.byteport.adapter.probes.net.PlainText;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the answers of the HTTP API of Prometheus,
 * https://prometheus.io/docs/prometheus/latest/querying/api/. Pure.
 *
 * @param data what an answer carries
 * @param warnings what the server adds, such as that a part of the answer is missing
 */
record Answer(JsonNode data, List<String> warnings) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_WORDS = 1000;

  Answer {
    warnings = List.copyOf(warnings);
  }

  /**
   * An answer of the status 2xx, or a refusal with the server's words.
   *
   * @throws ActionException if the server refuses, or what it says is none of the API's answers
   */
  static Answer read(int status, String body) throws ActionException {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JacksonException notJson) {
      throw refused(status, "", "HTTP " + status + ": " + body.strip());
    }
    String error = root.path("error").asString("");
    if (!root.path("status").asString("").equals("success")) {
      String type = root.path("errorType").asString("");
      throw refused(
          status,
          type,
          error.isEmpty() ? "HTTP " + status + ": " + body.strip() : type + ": " + error);
    }
    List<String> warnings = new ArrayList<>();
    root.path("warnings").forEach(each -> warnings.add(each.asString("")));
    return new Answer(root.path("data"), PlainText.list(warnings, 10, LONGEST_WORDS));
  }

  private static ActionException refused(int status, String type, String words) {
    FailureKind kind =
        switch (status) {
          case 400, 422 -> type.equals("timeout") ? FailureKind.TIMEOUT : FailureKind.INVALID;
          case 401, 403 -> FailureKind.FORBIDDEN;
          case 404 -> FailureKind.NOT_FOUND;
          case 429 -> FailureKind.REFUSED;
          default ->
              type.equals("timeout") || type.equals("canceled")
                  ? FailureKind.TIMEOUT
                  : FailureKind.UNREACHABLE;
        };
    return ActionException.refused(kind, PlainText.line(words, LONGEST_WORDS));
  }

  /**
   * The elements of an instant vector; a scalar is one without labels.
   *
   * @throws ActionException if it is something else; INVALID
   */
  List<Sample> samples() throws ActionException {
    List<Sample> samples = new ArrayList<>();
    switch (type()) {
      case "scalar" -> samples.add(new Sample(Map.of(), number(data.path("result"))));
      case "vector" -> {
        for (JsonNode each : data.path("result")) {
          samples.add(new Sample(labels(each), number(each.path("value"))));
        }
      }
      default -> throw unexpected("an instant vector");
    }
    return samples;
  }

  /**
   * The elements of a range vector.
   *
   * @throws ActionException if it is something else; INVALID
   */
  List<Series> series() throws ActionException {
    if (!type().equals("matrix")) {
      throw unexpected("a range of values");
    }
    List<Series> all = new ArrayList<>();
    for (JsonNode each : data.path("result")) {
      List<Series.Reading> readings = new ArrayList<>();
      for (JsonNode pair : each.path("values")) {
        long millis = Math.round(pair.path(0).doubleValue() * 1000);
        readings.add(new Series.Reading(Instant.ofEpochMilli(millis), number(pair)));
      }
      all.add(new Series(labels(each), readings));
    }
    return all;
  }

  private String type() {
    return data.path("resultType").asString("");
  }

  private ActionException unexpected(String wanted) {
    return ActionException.refused(
        FailureKind.INVALID,
        "expected " + wanted + ", found a " + PlainText.line(type().isEmpty() ? "?" : type(), 40));
  }

  private static Map<String, String> labels(JsonNode element) {
    Map<String, String> labels = new LinkedHashMap<>();
    element
        .path("metric")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    return labels;
  }

  private static double number(JsonNode pair) throws ActionException {
    String written = pair.path(1).asString("");
    try {
      return switch (written) {
        case "NaN" -> Double.NaN;
        case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(written);
      };
    } catch (NumberFormatException e) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "expected a number, found "
              + (written.isEmpty()
                  ? "a histogram or nothing"
                  : "`" + PlainText.line(written, 40) + "`"));
    }
  }
}
