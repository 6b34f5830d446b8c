package io.byteport.cli.story;

import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.DurationValue;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.NullValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.PercentValue;
import io.byteport.dsl.value.Value.SizeValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.ValuePrinter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values on one line, cut to a width, for a person who scans a timeline. */
public final class Brief {
  private static final Pattern MORE = Pattern.compile("… and ([0-9]{1,9}) more");

  private Brief() {}

  /** At most {@code width} characters; what is left out is said. */
  public static String of(Value value, int width) {
    if (value instanceof StructValue struct && struct.fields().size() == 1) {
      return of(struct.fields().values().iterator().next(), width);
    }
    if (value instanceof TextValue text && isLong(text.value(), width)) {
      String first = text.value().strip().lines().findFirst().orElse("");
      return cut(first, Math.max(12, width - 22))
          + String.format(Locale.ROOT, " (%,d characters)", text.value().length());
    }
    return cut(plain(value), width);
  }

  private static boolean isLong(String text, int width) {
    return text.length() > width || text.strip().indexOf('\n') >= 0;
  }

  private static String plain(Value value) {
    return switch (value) {
      case NullValue nothing -> "-";
      case BooleanValue bool -> Boolean.toString(bool.value());
      case NumberValue number -> ValuePrinter.print(number, Special.ANY);
      case TextValue text -> text.value().replace('\n', ' ');
      case DurationValue duration -> Quantities.print(duration.value());
      case SizeValue size -> size.value().toString();
      case PercentValue percent -> percent.value().toString();
      case InstantValue instant -> instant.value().toString();
      case ListValue list -> list(list);
      case StructValue struct -> struct(struct);
    };
  }

  private static String list(ListValue list) {
    if (list.items().isEmpty()) {
      return "none";
    }
    String items = list.items().stream().map(Brief::plain).collect(Collectors.joining("; "));
    return count(list) == 1 ? items : count(list) + " items: " + items;
  }

  /** How many there were, of which a journal keeps the first and says how many more there were. */
  private static int count(ListValue list) {
    int kept = list.items().size();
    if (kept > 0 && list.items().getLast() instanceof TextValue last) {
      Matcher more = MORE.matcher(last.value());
      return more.matches() ? kept - 1 + Integer.parseInt(more.group(1)) : kept;
    }
    return kept;
  }

  private static String struct(StructValue struct) {
    return struct.fields().entrySet().stream()
        .filter(field -> !field.getValue().isNull() && !isEmpty(field.getValue()))
        .filter(field -> !field.getKey().equals("uid"))
        .map(field -> field.getKey() + " " + nested(field.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String nested(Value value) {
    return switch (value) {
      case ListValue list when list.items().size() > 1 -> "(" + count(list) + " items)";
      case ListValue list -> "(" + plain(list) + ")";
      case StructValue struct -> "(" + plain(struct) + ")";
      default -> plain(value);
    };
  }

  private static boolean isEmpty(Value value) {
    return value instanceof ListValue list && list.items().isEmpty()
        || value instanceof StructValue struct && struct.fields().isEmpty();
  }

  /** The text, with … at its end where it had to be shortened. */
  public static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(1, width - 1)) + "…";
  }
}
