package io.byteport.adapter.probes.prometheus;

import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code prometheus.query}: the one value that an instant query finds now. */
public record PrometheusQuery(PrometheusServers servers)
    implements Action.Read<PrometheusQuery.Input, PrometheusQuery.Output> {

  record Input(
      String query,
      @Nullable Map<String, String> bind,
      @Nullable Map<String, String> labels,
      Unit unit,
      @Nullable Prometheus prometheus,
      Duration timeout) {}

  record Output(Value value) {}

  @Override
  public String name() {
    return "prometheus.query";
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
    double value =
        query(input)
            .valueAt(
                context.clock().instant(), TimeLimit.shorter(input.timeout(), context.timeout()));
    return new Output(input.unit().value(value));
  }

  private Query query(Input input) {
    return new Query(servers, input.prometheus(), input.query(), input.bind(), input.labels());
  }
}
