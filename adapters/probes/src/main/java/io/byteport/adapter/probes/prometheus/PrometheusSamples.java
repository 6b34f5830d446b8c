package io.byteport.adapter.probes.prometheus;

import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code prometheus.samples}: everything that an instant query finds now, for detectors. */
public record PrometheusSamples(PrometheusServers servers)
    implements Action.Read<PrometheusSamples.Input, PrometheusSamples.Output> {
  static final int MOST = 2000;

  record Input(
      String query,
      @Nullable Map<String, String> bind,
      @Nullable Map<String, String> labels,
      Unit unit,
      @Nullable Prometheus prometheus,
      Duration timeout) {}

  record Output(List<Item> samples, List<String> warnings) {}

  record Item(Map<String, String> labels, Value value) {}

  @Override
  public String name() {
    return "prometheus.samples";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return List.of(
        "promtool", "query", "instant", servers.address(input.prometheus()), query(input).bound());
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Query query = query(input);
    Answer answer =
        query.at(context.clock().instant(), TimeLimit.shorter(input.timeout(), context.timeout()));
    List<Item> items = new ArrayList<>();
    for (Sample sample : answer.samples()) {
      if (query.has(sample.labels())) {
        items.add(new Item(Query.shown(sample.labels()), input.unit().value(sample.value())));
      }
    }
    if (items.size() > MOST) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the query finds " + items.size() + " where at most " + MOST + " are read");
    }
    return new Output(items, answer.warnings());
  }

  private Query query(Input input) {
    return new Query(servers, input.prometheus(), input.query(), input.bind(), input.labels());
  }
}
