package io.byteport.adapter.sql.mysql;

import io.byteport.dsl.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values of the language as MySQL's, and back. */
final class MysqlValues {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private MysqlValues() {}

  /** Binds a value; a duration is a number of seconds. */
  static void bind(PreparedStatement statement, int at, Value value) throws SQLException {
    switch (value) {
      case Value.NullValue none -> statement.setNull(at, Types.NULL);
      case Value.BooleanValue flag -> statement.setBoolean(at, flag.value());
      case Value.NumberValue number -> number(statement, at, number.value());
      case Value.PercentValue percent -> number(statement, at, percent.value().points());
      case Value.SizeValue size -> statement.setLong(at, size.value().bytes());
      case Value.TextValue text -> statement.setString(at, text.value());
      case Value.DurationValue duration -> number(statement, at, seconds(duration.value()));
      case Value.InstantValue instant ->
          statement.setTimestamp(at, Timestamp.from(instant.value()));
      case Value.ListValue list ->
          throw new IllegalArgumentException(
              "MySQL knows no lists; nothing can be bound to $" + at);
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

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** What only the driver knows as what Java knows. */
  static @Nullable Object plain(@Nullable Object cell) {
    return switch (cell) {
      case Timestamp timestamp -> timestamp.toInstant();
      case BigInteger number -> new BigDecimal(number);
      case null -> null;
      default -> cell;
    };
  }

  /** A name in backquotes, where it needs them. */
  static String name(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
  }

  /**
   * A value as a person writes it; a text that is not plain as its bytes, since what a backslash
   * means depends on the server's mode.
   */
  static String literal(Value value) {
    return switch (value) {
      case Value.NullValue none -> "NULL";
      case Value.BooleanValue flag -> flag.value() ? "TRUE" : "FALSE";
      case Value.NumberValue number -> new BigDecimal(number.value()).toPlainString();
      case Value.PercentValue percent -> new BigDecimal(percent.value().points()).toPlainString();
      case Value.SizeValue size -> Long.toString(size.value().bytes());
      case Value.DurationValue duration ->
          new BigDecimal(seconds(duration.value())).toPlainString();
      case Value.InstantValue instant -> "'" + TIME.format(instant.value()) + "'";
      case Value.TextValue text ->
          text.value().matches("[A-Za-z0-9 ._:/@+-]*")
              ? "'" + text.value() + "'"
              : "_utf8mb4 0x"
                  + HexFormat.of().formatHex(text.value().getBytes(StandardCharsets.UTF_8));
      case Value.ListValue list -> "NULL";
      case Value.StructValue struct -> "NULL";
    };
  }
}
