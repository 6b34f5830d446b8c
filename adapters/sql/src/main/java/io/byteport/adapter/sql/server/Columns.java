package io.byteport.adapter.sql.server;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.type.TypeNotation;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a runbook expects, and how what a driver returns becomes a value of their types.
 * A duration is a number of seconds or an interval, a size a number of bytes, a percent a number of
 * points.
 */
public final class Columns {
  /** Characters of a text; the rest is cut off. */
  static final int LONGEST_CELL = 4_096;

  /** Characters of all texts together. */
  static final int MOST_TEXT = 1_000_000;

  private final Map<String, Type> types = new LinkedHashMap<>();

  /**
   * @param columns types by the names of the columns
   * @throws IllegalArgumentException if a type is not known, or not of one value
   */
  public Columns(Map<String, String> columns) {
    columns.forEach(
        (name, written) -> {
          TypeNotation.Parsed parsed =
              TypeNotation.parse(written, word -> TypeNotation.builtIn(word));
          Type type = parsed.type().nonNull();
          boolean plain =
              type instanceof Scalar
                  || type == Special.ANY
                  || (type instanceof ListType list && list.element() instanceof Scalar);
          if (!parsed.problems().isEmpty() || !plain) {
            throw new IllegalArgumentException(
                "the column `" + name + "` has no type of one value, but `" + written + "`");
          }
          types.put(name, parsed.type());
        });
  }

  /**
   * All rows of a result.
   *
   * @param plain turns what only this driver knows into what Java knows
   * @throws IllegalArgumentException if a column is missing, too much, or of another type
   */
  public Rows read(ResultSet result, UnaryOperator<@Nullable Object> plain) throws SQLException {
    ResultSetMetaData head = result.getMetaData();
    Set<String> found = new LinkedHashSet<>();
    for (int i = 1; i <= head.getColumnCount(); i++) {
      found.add(head.getColumnLabel(i));
    }
    if (!found.equals(types.keySet()) || found.size() != head.getColumnCount()) {
      throw new IllegalArgumentException(
          "expected the columns " + types.keySet() + ", found " + found);
    }
    List<Map<String, Value>> rows = new ArrayList<>();
    long text = 0;
    while (result.next()) {
      if (rows.size() == Rows.MOST) {
        return new Rows(rows, true);
      }
      Map<String, Value> row = new LinkedHashMap<>();
      for (Map.Entry<String, Type> column : types.entrySet()) {
        @Nullable Object cell = plain.apply(result.getObject(column.getKey()));
        Value value = value(column.getKey(), column.getValue(), cell);
        row.put(column.getKey(), value);
        text += value instanceof Value.TextValue some ? some.value().length() : 0;
      }
      if (text > MOST_TEXT) {
        throw new IllegalArgumentException(
            "the rows hold more than " + MOST_TEXT + " characters; select less");
      }
      rows.add(row);
    }
    return new Rows(rows, false);
  }

  private static Value value(String column, Type type, @Nullable Object cell) {
    if (cell == null) {
      if (!type.mayBeNull() && type != Special.ANY) {
        throw new IllegalArgumentException(
            "the column `" + column + "` is null in a row; declare it as `" + type + "?`");
      }
      return Value.NULL;
    }
    return convert(type.nonNull(), cell)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected the column `"
                        + column
                        + "` to be "
                        + type
                        + ", found "
                        + cell.getClass().getSimpleName()));
  }

  private static Optional<Value> convert(Type type, Object cell) {
    if (type instanceof ListType list) {
      return cell instanceof List<?> items ? list(list.element(), items) : Optional.empty();
    }
    if (!(type instanceof Scalar scalar)) {
      return Optional.of(natural(cell));
    }
    return switch (scalar) {
      case STRING, REGEX, PATH, DOMAIN ->
          cell instanceof List<?> || cell instanceof byte[]
              ? Optional.empty()
              : Optional.of(Value.of(cut(String.valueOf(cell))));
      case BOOLEAN ->
          cell instanceof Boolean flag
              ? Optional.of(Value.of((boolean) flag))
              : number(cell).filter(n -> n == 0 || n == 1).map(n -> Value.of(n == 1));
      case INTEGER -> number(cell).filter(n -> n == Math.rint(n)).map(Value::of);
      case NUMBER -> number(cell).map(Value::of);
      case SIZE -> number(cell).map(n -> Value.of(new DataSize(n.longValue())));
      case PERCENT -> number(cell).map(n -> Value.of(new Percent(n)));
      case DURATION ->
          cell instanceof Duration duration
              ? Optional.of(Value.of(duration))
              : number(cell).map(n -> Value.of(Duration.ofNanos((long) (n * 1e9))));
      case INSTANT ->
          cell instanceof Instant instant ? Optional.of(Value.of(instant)) : Optional.empty();
    };
  }

  private static Optional<Value> list(Type element, List<?> items) {
    List<Value> values = new ArrayList<>();
    for (Object item : items) {
      Optional<Value> value = item == null ? Optional.empty() : convert(element, item);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(Value.of(values));
  }

  private static Value natural(Object cell) {
    return switch (cell) {
      case Boolean flag -> Value.of((boolean) flag);
      case Number some -> number(some).<Value>map(Value::of).orElse(Value.NULL);
      case Instant instant -> Value.of(instant);
      case Duration duration -> Value.of(duration);
      case List<?> items ->
          Value.of(items.stream().map(item -> item == null ? Value.NULL : natural(item)).toList());
      default -> Value.of(cut(String.valueOf(cell)));
    };
  }

  private static Optional<Double> number(Object cell) {
    double number =
        switch (cell) {
          case BigDecimal exact -> exact.doubleValue();
          case Number some -> some.doubleValue();
          default -> Double.NaN;
        };
    return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_CELL) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(LONGEST_CELL - 1)) ? LONGEST_CELL - 1 : LONGEST_CELL;
    return text.substring(0, end) + "…";
  }
}
