package io.byteport.adapter.probes.prometheus;

import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code prometheus.compare}: what a query finds now, and what it found at an instant. */
public record PrometheusCompare(PrometheusServers servers)
    implements Action.Read<PrometheusCompare.Input, PrometheusCompare.Output> {

  record Input(
      String query,
      @Nullable Map<String, String> bind,
      @Nullable Map<String, String> labels,
      Instant at,
      Unit unit,
      @Nullable Prometheus prometheus,
      Duration timeout) {}

  record Output(Value now, Value before) {}

  @Override
  public String name() {
    return "prometheus.compare";
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
        "promtool",
        "query",
        "instant",
        "--time=" + Query.seconds(input.at()),
        servers.address(input.prometheus()),
        query(input).bound());
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Duration each = TimeLimit.shorter(input.timeout(), context.timeout().dividedBy(2));
    double now = query(input).valueAt(context.clock().instant(), each);
    double before = query(input).valueAt(input.at(), each);
    return new Output(input.unit().value(now), input.unit().value(before));
  }

  private Query query(Input input) {
    return new Query(servers, input.prometheus(), input.query(), input.bind(), input.labels());
  }
}
