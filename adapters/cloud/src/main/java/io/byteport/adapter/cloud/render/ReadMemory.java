package io.byteport.adapter.cloud.render;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.model.Memory;
import io.byteport.adapter.cloud.model.MemoryUser;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code render.memory}: memory of a service's fullest instance against its plan's limit, and of
 * the others.
 */
public record ReadMemory(RenderService render) implements Action.Read<ReadMemory.Input, Memory> {
  private static final Duration LATELY = Duration.ofMinutes(10);

  /** What {@code render.memory} takes. */
  public record Input(String service, @Nullable String connection) {}

  @Override
  public String name() {
    return "render.memory";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Memory> outputType() {
    return Memory.class;
  }

  @Override
  public List<String> command(Input input) {
    return RenderCommand.get("/metrics/memory?resource=" + RenderCommand.segment(input.service()));
  }

  @Override
  public Memory read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Api api = render.api(input.connection(), input.service());
    Map<String, DataSize> used = latest(api, "memory", input.service(), deadline);
    Map<String, DataSize> limits = latest(api, "memory-limit", input.service(), deadline);
    if (used.isEmpty() || limits.isEmpty()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          "Render has no memory metrics of " + input.service() + " for the last ten minutes");
    }
    DataSize smallest = limits.values().stream().min(Comparator.naturalOrder()).orElseThrow();
    List<MemoryUser> users = new ArrayList<>();
    used.forEach(
        (instance, size) -> {
          DataSize limit = limits.getOrDefault(instance, smallest);
          users.add(
              new MemoryUser(
                  instance, input.service(), null, null, null, size, share(size, limit), null));
        });
    users.sort(Comparator.comparing(MemoryUser::percent).reversed());
    MemoryUser fullest = users.get(0);
    return new Memory(
        fullest.percent(),
        fullest.rss(),
        limits.getOrDefault(fullest.name(), smallest),
        null,
        users);
  }

  private static Percent share(DataSize part, DataSize whole) {
    return new Percent(100.0 * part.bytes() / Math.max(1, whole.bytes()));
  }

  /** The newest value of each instance. */
  private static Map<String, DataSize> latest(
      Api api, String metric, String service, Deadline deadline)
      throws ActionException, InterruptedException {
    Instant now = deadline.now();
    Address address =
        api.at("metrics", metric)
            .with("resource", RenderService.SERVICE.check(service))
            .with("startTime", now.minus(LATELY).toString())
            .with("endTime", now.toString());
    Map<String, DataSize> latest = new LinkedHashMap<>();
    for (Json series : api.get(address, deadline).items()) {
      String unit = series.text("unit");
      Instant newest = Instant.MIN;
      for (Json point : series.at("values").items()) {
        Instant at = point.instant("timestamp");
        Double value = point.number("value");
        if (at != null && value != null && !at.isBefore(newest)) {
          newest = at;
          latest.put(instance(series, service), size(value, unit));
        }
      }
    }
    return latest;
  }

  private static String instance(Json series, String service) {
    for (Json label : series.at("labels").items()) {
      String value = label.text("value");
      if ("instance".equals(label.text("field")) && value != null) {
        return value;
      }
    }
    return service;
  }

  private static DataSize size(double value, @Nullable String unit) throws ActionException {
    long factor =
        switch (unit == null ? "" : unit.toLowerCase(Locale.ROOT)) {
          case "bytes", "byte", "b" -> 1L;
          case "kb" -> 1_000L;
          case "kib" -> 1L << 10;
          case "mb" -> 1_000_000L;
          case "mib" -> 1L << 20;
          case "gb" -> 1_000_000_000L;
          case "gib" -> 1L << 30;
          default ->
              throw ActionException.refused(
                  FailureKind.UNREACHABLE,
                  "Render gives memory in `" + unit + "`, which is not known");
        };
    return new DataSize(Math.round(value * factor));
  }
}
