package io.byteport.dsl.type;

import io.byteport.dsl.type.LiteralCoercion.Coerced;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter may be: a value of its type, within its bounds. The one rule for what stands in
 * a runbook's environment, on a command line and in an agent's configuration.
 *
 * @param name how messages call the type
 * @param minimum in the type; null where there is none
 * @param maximum in the type; null where there is none
 */
public record Bounded(Type type, String name, @Nullable Value minimum, @Nullable Value maximum) {
  private static final int LONGEST = 60;

  /** What came of a constant, where it is within the bounds; else why not, in the words of both. */
  public Coerced judged(Coerced made, String found) {
    return switch (made) {
      case Fits fits -> holds(fits.value()) ? fits : new Misfit(message(found), null, "");
      case Misfit misfit when type.nonNull() == Type.Scalar.REGEX || !misfit.path().isEmpty() ->
          new Misfit(lower(misfit.message()) + at(misfit), misfit.hint(), misfit.path());
      case Misfit misfit -> new Misfit(message(found), misfit.hint(), misfit.path());
    };
  }

  /** What is expected, with an article: {@code a duration of at least 10s}. */
  public String expected() {
    if (type.nonNull() instanceof Type.EnumType words) {
      return "one of `" + String.join("`, `", words.words()) + "`";
    }
    return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name + bounds();
  }

  private String bounds() {
    if (minimum != null && maximum != null) {
      return " from " + printed(minimum) + " to " + printed(maximum);
    }
    return minimum != null
        ? " of at least " + printed(minimum)
        : maximum != null ? " of at most " + printed(maximum) : "";
  }

  private String message(String found) {
    return "expected "
        + expected()
        + ", found `"
        + (found.length() <= LONGEST ? found : found.substring(0, LONGEST) + "…")
        + "`";
  }

  private static String at(Misfit misfit) {
    return misfit.path().isEmpty() ? "" : " at `" + misfit.path() + "`";
  }

  private static String lower(String message) {
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private boolean holds(Value value) {
    return (minimum == null || compare(value, minimum) >= 0)
        && (maximum == null || compare(value, maximum) <= 0);
  }

  private static String printed(Value value) {
    return switch (value) {
      case Value.NumberValue number -> Quantities.number(number.value());
      case Value.DurationValue duration -> Quantities.print(duration.value());
      case Value.SizeValue size -> Quantities.print(size.value());
      case Value.PercentValue percent -> Quantities.print(percent.value());
      case Value.InstantValue instant -> instant.value().toString();
      case Value.NullValue none -> "-";
      case Value.BooleanValue flag -> String.valueOf(flag.value());
      case Value.TextValue text -> text.value();
      case Value.ListValue list -> "a list";
      case Value.StructValue struct -> "a map";
    };
  }

  /** Of two values of one ordered type; 0 where they cannot be compared, null among them. */
  public static int compare(Value a, Value b) {
    return switch (a) {
      case Value.NumberValue x when b instanceof Value.NumberValue y ->
          Double.compare(x.value(), y.value());
      case Value.DurationValue x when b instanceof Value.DurationValue y ->
          x.value().compareTo(y.value());
      case Value.SizeValue x when b instanceof Value.SizeValue y -> x.value().compareTo(y.value());
      case Value.PercentValue x when b instanceof Value.PercentValue y ->
          x.value().compareTo(y.value());
      case Value.InstantValue x when b instanceof Value.InstantValue y ->
          x.value().compareTo(y.value());
      default -> 0;
    };
  }
}
