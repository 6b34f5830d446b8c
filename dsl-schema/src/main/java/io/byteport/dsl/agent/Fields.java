package io.byteport.dsl.agent;

import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.DurationValue;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.SizeValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One map of a configuration while it is read: its fields in the shapes that are asked for. What
 * has another shape leaves a finding and what holds where nothing is said.
 *
 * @param name the key under which the map stands; of one in a list its first key
 */
record Fields(Findings findings, YamlScalar name, YamlMapping map) {

  /**
   * The map of an entry; null and a finding that shows no value where it is none.
   *
   * @param expected how a finding calls it: {@code a map of people by their names}
   */
  static @Nullable Fields of(Findings findings, Entry entry, String expected) {
    if (entry.value() instanceof YamlMapping map) {
      return new Fields(findings, entry.key(), map);
    }
    findings.hide(entry.value());
    findings.add(
        DiagnosticCode.SCHEMA_WRONG_TYPE,
        entry.key().span(),
        "expected " + expected + " for `" + entry.key().text() + "`, found " + shape(entry.value()),
        null);
    return null;
  }

  private static String shape(YamlNode node) {
    return node instanceof YamlSequence ? "a list" : Findings.isText(node) ? "a text" : "nothing";
  }

  /** The map of a field of this one. */
  @Nullable Fields fields(String field, String expected) {
    return map.entry(field).map(entry -> of(findings, entry, expected)).orElse(null);
  }

  /** Finds each field that is not one of those known; what stands under it is not shown. */
  void only(Collection<String> known, String what) {
    findings.only(map, known, what);
    map.entries().stream()
        .filter(entry -> !known.contains(entry.key().text()))
        .forEach(entry -> findings.hide(entry.value()));
  }

  Optional<Entry> entry(String field) {
    return map.entry(field);
  }

  boolean has(String field) {
    return map.entry(field).isPresent();
  }

  /** That a field is missing. */
  void missing(String field, String what, String hint) {
    findings.add(
        DiagnosticCode.SCHEMA_MISSING_FIELD,
        name.span(),
        "expected `" + field + "` in " + what + ", found none",
        hint);
  }

  @Nullable String text(String field) {
    return map.entry(field).map(findings::text).orElse(null);
  }

  /** A text as it stands; null where there is none. */
  @Nullable YamlScalar scalar(String field) {
    Entry entry = map.entry(field).orElse(null);
    return entry != null
            && findings.text(entry) != null
            && entry.value() instanceof YamlScalar scalar
        ? scalar
        : null;
  }

  List<YamlScalar> texts(String field) {
    return map.entry(field).map(findings::texts).orElse(List.of());
  }

  /** The maps of a list. */
  List<Fields> list(String field, String expected) {
    Entry entry = map.entry(field).orElse(null);
    return entry == null ? List.of() : list(findings, entry, expected);
  }

  /**
   * The maps of a list.
   *
   * @param expected how a finding calls one of them: {@code a map with `when`}
   */
  static List<Fields> list(Findings findings, Entry entry, String expected) {
    if (!(entry.value() instanceof YamlSequence sequence)) {
      findings.shape(entry.key(), entry.value(), "a list");
      return List.of();
    }
    List<Fields> maps = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlMapping map) {
        YamlScalar first = map.entries().isEmpty() ? entry.key() : map.entries().getFirst().key();
        maps.add(new Fields(findings, first, map));
      } else {
        findings.hide(item);
        findings.add(
            DiagnosticCode.SCHEMA_WRONG_TYPE,
            item.span(),
            "expected " + expected + " in `" + entry.key().text() + "`, found " + shape(item),
            null);
      }
    }
    return maps;
  }

  /** One of a few words. */
  String word(String field, List<String> words, String otherwise) {
    YamlScalar scalar = scalar(field);
    if (scalar == null || words.contains(scalar.text())) {
      return scalar == null ? otherwise : scalar.text();
    }
    findings.unknown(
        DiagnosticCode.SCHEMA_NOT_ALLOWED,
        scalar,
        "expected one of `" + String.join("`, `", words) + "`, found `" + scalar.text() + "`",
        words);
    return otherwise;
  }

  boolean flag(String field, boolean otherwise) {
    Entry entry = map.entry(field).orElse(null);
    if (entry == null) {
      return otherwise;
    }
    if (entry.value() instanceof YamlScalar scalar
        && scalar.value() instanceof BooleanValue written) {
      return written.value();
    }
    findings.shape(entry.key(), entry.value(), "`true` or `false`");
    return otherwise;
  }

  /** A whole number within bounds, both included. */
  int number(String field, int otherwise, int minimum, int maximum) {
    YamlScalar scalar = scalar(field);
    if (scalar == null) {
      return otherwise;
    }
    if (!(scalar.value() instanceof NumberValue number)
        || number.value() != Math.rint(number.value())) {
      findings.shape(name(field), scalar, "a whole number");
      return otherwise;
    }
    if (number.value() < minimum || number.value() > maximum) {
      findings.add(
          DiagnosticCode.SCHEMA_OUT_OF_RANGE,
          scalar.span(),
          "expected a number from "
              + minimum
              + " to "
              + maximum
              + ", found `"
              + scalar.text()
              + "`",
          null);
      return otherwise;
    }
    return (int) number.value();
  }

  /** A time that is no shorter than another. */
  Duration duration(String field, Duration otherwise, Duration minimum) {
    return duration(field, otherwise, minimum, null, null);
  }

  /**
   * A time within bounds, both included.
   *
   * @param maximum null for none
   * @param hint what to do where it is out of bounds; null where that is plain
   */
  Duration duration(
      String field,
      Duration otherwise,
      Duration minimum,
      @Nullable Duration maximum,
      @Nullable String hint) {
    YamlScalar scalar = scalar(field);
    Value value = scalar == null ? null : quantity(scalar, Scalar.DURATION);
    if (scalar == null || !(value instanceof DurationValue duration)) {
      return otherwise;
    }
    boolean tooLong = maximum != null && duration.value().compareTo(maximum) > 0;
    if (tooLong || duration.value().compareTo(minimum) < 0) {
      findings.add(
          DiagnosticCode.SCHEMA_OUT_OF_RANGE,
          scalar.span(),
          "expected "
              + (maximum == null
                  ? "at least " + Quantities.print(minimum)
                  : "a time from " + Quantities.print(minimum) + " to " + Quantities.print(maximum))
              + ", found `"
              + scalar.text()
              + "`",
          hint);
      return otherwise;
    }
    return duration.value();
  }

  /** An amount of memory within bounds, both included. */
  DataSize size(String field, DataSize otherwise, DataSize minimum, DataSize maximum) {
    YamlScalar scalar = scalar(field);
    Value value = scalar == null ? null : quantity(scalar, Scalar.SIZE);
    if (scalar == null || !(value instanceof SizeValue size)) {
      return otherwise;
    }
    if (size.value().compareTo(minimum) < 0 || size.value().compareTo(maximum) > 0) {
      findings.add(
          DiagnosticCode.SCHEMA_OUT_OF_RANGE,
          scalar.span(),
          "expected a size from " + minimum + " to " + maximum + ", found `" + scalar.text() + "`",
          null);
      return otherwise;
    }
    return size.value();
  }

  @Nullable Instant instant(String field) {
    YamlScalar scalar = scalar(field);
    return scalar != null && quantity(scalar, Scalar.INSTANT) instanceof InstantValue instant
        ? instant.value()
        : null;
  }

  private @Nullable Value quantity(YamlScalar scalar, Scalar type) {
    return switch (LiteralCoercion.coerce(scalar.value(), type)) {
      case Fits fits -> fits.value();
      case Misfit misfit -> {
        findings.add(
            DiagnosticCode.SCHEMA_BAD_FORMAT, scalar.span(), misfit.message(), misfit.hint());
        yield null;
      }
    };
  }

  private YamlScalar name(String field) {
    return map.entry(field).map(Entry::key).orElse(name);
  }
}
