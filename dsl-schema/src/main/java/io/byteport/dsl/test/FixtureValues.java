package io.byteport.dsl.test;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.NullableType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes typed values of what a test writes down. A time may be a distance from {@code now}, as in
 * {@code -30s}. In a list, {@code repeat: n} makes n records of one, counting up the whole numbers
 * among the fields of the record's key.
 *
 * <p>Records need not be written in full. A field that is left out is what its type declares as
 * default, else null where it may be, else empty where it is a list or a map. Any other field is
 * left out of the value, so that nobody who asks for it gets an invented answer: to the engine it
 * is not known.
 */
final class FixtureValues {
  private static final String REPEAT = "repeat";

  private final TestFindings findings;
  private final ActionCatalogue catalogue;
  private final Instant now;

  FixtureValues(TestFindings findings, ActionCatalogue catalogue, Instant now) {
    this.findings = findings;
    this.catalogue = catalogue;
    this.now = now;
  }

  /** A value in itself, completed. */
  Value whole(YamlNode node, Type type) {
    return read(node, type, true);
  }

  /** What is laid over another value, or compared with one: only what is written. */
  Value part(YamlNode node, Type type) {
    return read(node, type, false);
  }

  private Value read(YamlNode node, Type type, boolean whole) {
    return switch (type) {
      case NullableType nullable -> isNull(node) ? Value.NULL : read(node, nullable.inner(), whole);
      case RecordType record -> record(node, record, whole);
      case ListType list when node instanceof YamlSequence items -> list(items, list.element());
      case MapType map when node instanceof YamlMapping entries -> map(entries, map, whole);
      case SeriesType series when node instanceof YamlSequence items ->
          list(items, point(series.value()));
      case Scalar.INSTANT -> instant(node);
      case Special special -> raw(node);
      default -> coerced(node, type);
    };
  }

  private static RecordType point(Type value) {
    Map<String, Type> fields = new LinkedHashMap<>();
    fields.put("at", Scalar.INSTANT);
    fields.put("value", value);
    return RecordType.of("Point", fields);
  }

  private Value coerced(YamlNode node, Type type) {
    return switch (LiteralCoercion.coerce(raw(node), type)) {
      case Fits fits -> fits.value();
      case Misfit misfit -> {
        misfit(node.span(), type, misfit);
        yield Value.NULL;
      }
    };
  }

  private void misfit(Span span, Type type, Misfit misfit) {
    DiagnosticCode code =
        switch (type.nonNull()) {
          case Scalar.DURATION, Scalar.SIZE, Scalar.PERCENT -> DiagnosticCode.EXPR_BAD_QUANTITY;
          default -> DiagnosticCode.EXPR_TYPE;
        };
    findings.add(code, span, misfit.message(), misfit.hint());
  }

  private Value instant(YamlNode node) {
    return node instanceof YamlScalar scalar
            && scalar.value() instanceof TextValue
            && time(scalar.text()).isPresent()
        ? Value.of(time(scalar.text()).get())
        : coerced(node, Scalar.INSTANT);
  }

  /** A point in time, or a distance from now. */
  Optional<Instant> time(String text) {
    boolean before = text.startsWith("-");
    Optional<Duration> distance = Quantities.duration(before ? text.substring(1) : text);
    return distance.isPresent()
        ? distance.map(far -> before ? now.minus(far) : now.plus(far))
        : LiteralCoercion.instant(text);
  }

  private Value record(YamlNode node, RecordType type, boolean whole) {
    boolean entry = type.isInventory() || catalogue.inventory().containsValue(type);
    if (entry && node instanceof YamlScalar name && name.value() instanceof TextValue) {
      String field = type.declaredKey().isEmpty() ? "name" : type.declaredKey().getFirst();
      return Value.of(Map.of(field, Value.of(name.text())));
    }
    if (!(node instanceof YamlMapping mapping)) {
      return coerced(node, type);
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    for (Entry field : mapping.entries()) {
      String name = field.key().text();
      if (findings.isKnown(
          DiagnosticCode.EXPR_UNKNOWN_FIELD,
          field.key(),
          "a field of " + type,
          type.fields().keySet())) {
        Type fieldType = type.fields().getOrDefault(name, Special.UNKNOWN);
        fields.put(name, read(field.value(), fieldType, whole));
      }
    }
    return whole ? completed(fields, type) : Value.of(fields);
  }

  private static StructValue completed(Map<String, Value> given, RecordType type) {
    Map<String, Value> fields = new LinkedHashMap<>();
    type.fields()
        .forEach(
            (name, fieldType) -> {
              Value value =
                  given.containsKey(name)
                      ? given.get(name)
                      : type.defaults().getOrDefault(name, neutral(fieldType));
              if (value != null) {
                fields.put(name, value);
              }
            });
    return Value.of(fields);
  }

  private static @org.jspecify.annotations.Nullable Value neutral(Type type) {
    return switch (type) {
      case ListType list -> ListValue.EMPTY;
      case SeriesType series -> ListValue.EMPTY;
      case MapType map -> StructValue.EMPTY;
      default -> type.mayBeNull() ? Value.NULL : null;
    };
  }

  private Value map(YamlMapping entries, MapType type, boolean whole) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Entry entry : entries.entries()) {
      values.put(entry.key().text(), read(entry.value(), type.value(), whole));
    }
    return Value.of(values);
  }

  /** A list replaces another as a whole, so what stands in it is whole. */
  private Value list(YamlSequence sequence, Type element) {
    List<Value> items = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlMapping mapping
          && element.nonNull() instanceof RecordType record
          && !record.fields().containsKey(REPEAT)
          && mapping.entry(REPEAT).isPresent()) {
        repeat(mapping, record, items);
      } else {
        items.add(read(item, element, true));
      }
    }
    return Value.of(items);
  }

  private void repeat(YamlMapping mapping, RecordType record, List<Value> items) {
    List<Entry> rest =
        mapping.entries().stream().filter(entry -> !entry.key().text().equals(REPEAT)).toList();
    Value one = read(new YamlMapping(rest, mapping.flow(), mapping.span()), record, true);
    YamlNode times = mapping.get(REPEAT).orElse(mapping);
    int count = count(times);
    for (int i = 0; i < count; i++) {
      items.add(one instanceof StructValue struct ? counted(struct, record, i) : one);
    }
  }

  /** How often; a finding where that is no whole number from 1 to 10,000. */
  int count(YamlNode times) {
    if (raw(times) instanceof NumberValue number
        && number.value() == Math.rint(number.value())
        && number.value() >= 1
        && number.value() <= 10_000) {
      return (int) number.value();
    }
    findings.add(
        DiagnosticCode.EXPR_TYPE,
        times.span(),
        "expected a whole number from 1 to 10000, found `" + findings.text(times.span()) + "`",
        "`repeat` says how many such records there are");
    return 1;
  }

  private static StructValue counted(StructValue struct, RecordType record, int by) {
    StructValue result = struct;
    for (String key : record.declaredKey()) {
      boolean integer = record.field(key).map(Type::nonNull).orElse(Special.ANY) == Scalar.INTEGER;
      if (integer && struct.get(key) instanceof NumberValue number) {
        result = result.with(key, Value.of(number.value() + by));
      }
    }
    return result;
  }

  static boolean isNull(YamlNode node) {
    return node instanceof YamlScalar scalar && scalar.value().isNull();
  }

  /** What is written, as YAML reads it. */
  static Value raw(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> scalar.value();
      case YamlSequence sequence ->
          Value.of(sequence.items().stream().map(FixtureValues::raw).toList());
      case YamlMapping mapping -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> fields.put(entry.key().text(), raw(entry.value())));
        yield Value.of(fields);
      }
    };
  }
}
