package io.byteport.adapter.sql.postgres;

import io.byteport.dsl.value.Value;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;

/** Values of the language as PostgreSQL's, and back. */
final class PostgresValues {
  private PostgresValues() {}

  /** Binds a value; texts and times are of the type that the statement wants there. */
  static void bind(PreparedStatement statement, int at, Value value) throws SQLException {
    switch (value) {
      case Value.NullValue none -> statement.setNull(at, Types.NULL);
      case Value.BooleanValue flag -> statement.setBoolean(at, flag.value());
      case Value.NumberValue number -> number(statement, at, number.value());
      case Value.PercentValue percent -> number(statement, at, percent.value().points());
      case Value.SizeValue size -> statement.setLong(at, size.value().bytes());
      case Value.TextValue text -> statement.setObject(at, text.value(), Types.OTHER);
      case Value.DurationValue duration ->
          statement.setObject(at, duration.value().toString(), Types.OTHER);
      case Value.InstantValue instant ->
          statement.setObject(at, OffsetDateTime.ofInstant(instant.value(), ZoneOffset.UTC));
      case Value.ListValue list -> statement.setArray(at, array(statement, list.items()));
      case Value.StructValue struct ->
          throw new IllegalArgumentException("a record cannot be bound to $" + at);
    }
  }

  private static void number(PreparedStatement statement, int at, double number)
      throws SQLException {
    if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
      statement.setLong(at, (long) number);
    } else {
      statement.setDouble(at, number);
    }
  }

  private static Array array(PreparedStatement statement, List<Value> items) throws SQLException {
    if (items.stream().allMatch(Value.NumberValue.class::isInstance)) {
      Object[] numbers = items.stream().map(item -> ((Value.NumberValue) item).value()).toArray();
      return statement.getConnection().createArrayOf("numeric", numbers);
    }
    Object[] texts =
        items.stream()
            .map(
                item -> {
                  if (item instanceof Value.TextValue text) {
                    return text.value();
                  }
                  throw new IllegalArgumentException(
                      "only lists of texts and lists of numbers can be bound");
                })
            .toArray();
    return statement.getConnection().createArrayOf("text", texts);
  }

  /** What only the driver knows as what Java knows. */
  static @Nullable Object plain(@Nullable Object cell) {
    return switch (cell) {
      case null -> null;
      case Timestamp timestamp -> timestamp.toInstant();
      case PGInterval interval -> duration(interval);
      case Array array -> {
        try {
          List<@Nullable Object> items = new ArrayList<>();
          for (Object item : (Object[]) array.getArray()) {
            items.add(plain(item));
          }
          yield items;
        } catch (SQLException e) {
          throw new IllegalArgumentException("an array that cannot be read", e);
        }
      }
      default -> cell;
    };
  }

  /** Months count as 30 days, as PostgreSQL itself compares them. */
  private static Duration duration(PGInterval interval) {
    long days = interval.getYears() * 360L + interval.getMonths() * 30L + interval.getDays();
    return Duration.ofDays(days)
        .plusHours(interval.getHours())
        .plusMinutes(interval.getMinutes())
        .plusSeconds(interval.getWholeSeconds())
        .plusNanos(interval.getMicroSeconds() * 1_000L);
  }

  /** A name in quotes, where it needs them. */
  static String name(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** A value as a person writes it; only for people to read and paste. */
  static String literal(Value value) {
    return switch (value) {
      case Value.NullValue none -> "NULL";
      case Value.BooleanValue flag -> flag.value() ? "TRUE" : "FALSE";
      case Value.NumberValue number -> new BigDecimal(number.value()).toPlainString();
      case Value.PercentValue percent -> new BigDecimal(percent.value().points()).toPlainString();
      case Value.SizeValue size -> Long.toString(size.value().bytes());
      case Value.TextValue text -> quoted(text.value());
      case Value.DurationValue duration -> quoted(duration.value().toString());
      case Value.InstantValue instant -> quoted(instant.value().toString());
      case Value.ListValue list ->
          list.items().stream()
              .map(PostgresValues::literal)
              .collect(Collectors.joining(", ", "ARRAY[", "]"));
      case Value.StructValue struct -> "NULL";
    };
  }

  private static String quoted(String text) {
    String doubled = text.replace("\0", "").replace("'", "''");
    return doubled.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : "E'" + doubled.replace("\\", "\\\\") + "'";
  }
}
