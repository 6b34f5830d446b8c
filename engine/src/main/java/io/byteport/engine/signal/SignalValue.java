package io.byteport.engine.signal;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code signal} stands for in expressions where there is no run. */
public final class SignalValue {
  private SignalValue() {}

  /** A signal as a value. */
  public static StructValue of(Signal signal) {
    Map<String, Value> labels = new LinkedHashMap<>();
    signal.labels().forEach((label, text) -> labels.put(label, Value.of(text)));
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("type", Value.of(signal.type()));
    fields.put("source", Value.of(signal.source()));
    fields.put("severity", Value.of(signal.severity().name().toLowerCase(Locale.ROOT)));
    fields.put("status", Value.of(signal.status().name().toLowerCase(Locale.ROOT)));
    fields.put("labels", Value.of(labels));
    fields.put("startedAt", Value.of(signal.startedAt()));
    fields.put("cleared", Value.of(signal.status() == Signal.Status.RESOLVED));
    fields.put("value", number(signal.value()));
    fields.put("fingerprint", Value.of(signal.fingerprint()));
    fields.put("link", signal.link() == null ? Value.NULL : Value.of(signal.link()));
    return Value.of(fields);
  }

  private static Value number(@Nullable String text) {
    if (text == null) {
      return Value.NULL;
    }
    try {
      double number = Double.parseDouble(text.strip());
      return Double.isFinite(number) ? Value.of(number) : Value.NULL;
    } catch (NumberFormatException noNumber) {
      return Value.NULL;
    }
  }
}
