package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.ValuePrinter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a plan. Every part is written with its kind and its length, and the fields of
 * records by name, so that two plans that differ are never written alike.
 */
final class PlanHash {
  /** Stands where an input holds the time at which it was worked out, which is never the same. */
  static final String NOW = "${now}";

  private final StringBuilder out = new StringBuilder();

  private PlanHash() {}

  static String of(@Nullable String classId, List<RunPlan.Step> steps, String runbookText) {
    PlanHash hash = new PlanHash();
    hash.part("runbook", sha256(runbookText));
    hash.part("class", classId == null ? "" : classId);
    for (RunPlan.Step step : steps) {
      hash.part("step", step.key());
      hash.part("action", step.action());
      hash.part("complete", String.valueOf(step.complete()));
      hash.value(step.input());
    }
    return sha256(hash.out.toString());
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private void part(String kind, String text) {
    out.append(kind).append(' ').append(text.length()).append(' ').append(text).append('\n');
  }

  private void value(Value value) {
    switch (value) {
      case Value.NullValue none -> part("null", "");
      case Value.BooleanValue flag -> part("boolean", String.valueOf(flag.value()));
      case Value.NumberValue number -> part("number", String.valueOf(number.value()));
      case Value.TextValue text -> part("text", text.value());
      case Value.DurationValue duration -> part("duration", String.valueOf(duration.value()));
      case Value.SizeValue size -> part("size", String.valueOf(size.value()));
      case Value.PercentValue percent -> part("percent", String.valueOf(percent.value()));
      case Value.InstantValue instant -> part("instant", String.valueOf(instant.value()));
      case Value.ListValue list -> {
        part("list", String.valueOf(list.items().size()));
        list.items().forEach(this::value);
      }
      case StructValue struct -> {
        part("record", String.valueOf(struct.fields().size()));
        new TreeMap<>(struct.fields())
            .forEach(
                (name, field) -> {
                  part("field", name);
                  value(field);
                });
      }
    }
  }

  /** The input with a mark wherever it holds this time. */
  static StructValue timeless(StructValue input, Instant now) {
    Map<String, Value> fields = new LinkedHashMap<>();
    input.fields().forEach((name, field) -> fields.put(name, without(field, now)));
    return Value.of(fields);
  }

  private static Value without(Value value, Instant now) {
    return switch (value) {
      case Value.TextValue text -> Value.of(text.value().replace(ValuePrinter.stamp(now), NOW));
      case Value.InstantValue instant -> instant.value().equals(now) ? Value.of(NOW) : instant;
      case Value.ListValue list ->
          Value.of(list.items().stream().map(item -> without(item, now)).toList());
      case StructValue struct -> timeless(struct, now);
      case Value.NullValue same -> same;
      case Value.BooleanValue same -> same;
      case Value.NumberValue same -> same;
      case Value.DurationValue same -> same;
      case Value.SizeValue same -> same;
      case Value.PercentValue same -> same;
    };
  }
}
