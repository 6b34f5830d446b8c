package io.byteport.adapter.probes.prometheus;

import io.byteport.adapter.probes.net.PlainText;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query with everything that says which answer is wanted.
 *
 * @param bind values of the names that the query writes as {@code $service}
 * @param labels those that the one wanted element has, among others
 */
record Query(
    PrometheusServers servers,
    @Nullable Prometheus prometheus,
    String text,
    Map<String, String> bind,
    Map<String, String> labels) {
  private static final int LONGEST_LABEL = 500;

  Query(
      PrometheusServers servers,
      @Nullable Prometheus prometheus,
      String text,
      @Nullable Map<String, String> bind,
      @Nullable Map<String, String> labels) {
    this.servers = servers;
    this.prometheus = prometheus;
    this.text = text;
    this.bind = bind == null ? Map.of() : Map.copyOf(bind);
    this.labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** The query as it is sent, for a command; as it is written where it cannot be sent. */
  String bound() {
    try {
      return Promql.bind(text, bind);
    } catch (ActionException cannotBeSent) {
      return text;
    }
  }

  /** The answer to an instant query, whatever its elements. */
  Answer at(Instant time, Duration limit) throws ActionException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("query", Promql.bind(text, bind));
    form.put("time", seconds(time));
    form.put("timeout", limit.toMillis() + "ms");
    return servers.ask(prometheus, "/api/v1/query", form, limit);
  }

  /** The one element of an instant query that has the labels. */
  double valueAt(Instant time, Duration limit) throws ActionException, InterruptedException {
    Answer answer = whole(at(time, limit));
    return one(
            answer.samples().stream().filter(each -> has(each.labels())).toList(), Sample::labels)
        .value();
  }

  /** The one element of a range query that has the labels. */
  Series over(Instant start, Instant end, Duration step, Duration limit)
      throws ActionException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("query", Promql.bind(text, bind));
    form.put("start", seconds(start));
    form.put("end", seconds(end));
    form.put("step", BigDecimal.valueOf(step.toMillis(), 3).toPlainString());
    form.put("timeout", limit.toMillis() + "ms");
    Answer answer = whole(servers.ask(prometheus, "/api/v1/query_range", form, limit));
    return one(
        answer.series().stream().filter(each -> has(each.labels())).toList(), Series::labels);
  }

  static String seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString();
  }

  boolean has(Map<String, String> of) {
    return of.entrySet().containsAll(labels.entrySet());
  }

  /** Labels fit to be shown. */
  static Map<String, String> shown(Map<String, String> labels) {
    Map<String, String> clean = new LinkedHashMap<>();
    labels.forEach(
        (name, value) ->
            clean.put(PlainText.line(name, LONGEST_LABEL), PlainText.line(value, LONGEST_LABEL)));
    return clean;
  }

  /** Part of an answer is no answer. */
  private static Answer whole(Answer answer) throws ActionException {
    for (String warning : answer.warnings()) {
      if (warning.contains("partial") || warning.contains("No StoreAPIs matched")) {
        throw ActionException.refused(
            FailureKind.UNREACHABLE, "the answer is not complete: " + warning);
      }
    }
    return answer;
  }

  private <T> T one(List<T> found, Function<T, Map<String, String>> labelsOf)
      throws ActionException {
    if (found.isEmpty()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          labels.isEmpty()
              ? "the query finds nothing"
              : "the query finds nothing with the labels " + shown(labels));
    }
    if (found.size() > 1) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the query finds "
              + found.size()
              + " where one is wanted: "
              + found.stream()
                  .limit(3)
                  .map(each -> shown(labelsOf.apply(each)).toString())
                  .collect(Collectors.joining(", ")));
    }
    return found.getFirst();
  }
}
