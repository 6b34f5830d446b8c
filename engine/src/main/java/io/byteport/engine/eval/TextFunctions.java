package io.byteport.engine.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.Library.Implementation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Functions of texts, and conversions from and to text. */
final class TextFunctions {
  private static final int MAX_ENDPOINTS = 100;
  private static final int MAX_PORT = 65_535;

  /**
   * Larger numbers of seconds lie beyond the year 5138, smaller ones of milliseconds before 1973.
   */
  private static final double SMALLEST_MILLIS = 1e11;

  private static final Pattern ENDPOINT =
      Pattern.compile(
          "(\\[[0-9A-Fa-f:]+\\]|[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?):([0-9]{1,5})");

  /** What looks like a host in front of a number and is a source file: {@code main.go:42}. */
  private static final Pattern SOURCE_FILE =
      Pattern.compile(
          "(?i)\\.(?:go|java|kt|scala|js|mjs|ts|tsx|py|rb|php|rs|cs|cpp|cc|c|h|sh|sql|ex|erl|clj|yaml|yml|json)$");

  /** Words in front of a number that count or label it: {@code status:503}. */
  private static final Set<String> LABELS =
      Set.of(
          "port", "status", "code", "line", "column", "exit", "pid", "level", "error", "errno",
          "time", "at", "took", "retry", "attempt");

  private TextFunctions() {}

  static void addTo(Map<String, Implementation> library) {
    library.put("startsWith", call -> compared(call, String::startsWith));
    library.put("endsWith", call -> compared(call, String::endsWith));
    library.put("lower", call -> changed(call, text -> text.toLowerCase(Locale.ROOT)));
    library.put("upper", call -> changed(call, text -> text.toUpperCase(Locale.ROOT)));
    library.put("trim", call -> changed(call, String::strip));
    library.put("matches", TextFunctions::matches);
    library.put("split", TextFunctions::split);
    library.put("join", TextFunctions::join);
    library.put("endpoints", call -> call.strict(arguments -> endpoints(text(arguments.get(0)))));
    library.put("number", call -> call.strict(arguments -> number(call, arguments.get(0))));
    library.put("time", call -> call.strict(arguments -> time(call, arguments.get(0))));
    library.put("stamp", TextFunctions::stamp);
    library.put("text", TextFunctions::printed);
  }

  private static String text(Value value) {
    return value instanceof TextValue text
        ? text.value()
        : ValuePrinter.print(value, Type.Special.ANY);
  }

  private static Evaluation compared(Invocation call, BiPredicate<String, String> predicate) {
    return call.strict(
        arguments -> Evaluation.of(predicate.test(text(arguments.get(0)), text(arguments.get(1)))));
  }

  private static Evaluation changed(Invocation call, UnaryOperator<String> change) {
    return call.strict(arguments -> Evaluation.of(Value.of(change.apply(text(arguments.get(0))))));
  }

  private static Evaluation matches(Invocation call) {
    return call.strict(
        arguments ->
            call.walk().leaves().found(text(arguments.get(0)), text(arguments.get(1)), true));
  }

  private static Evaluation split(Invocation call) {
    return call.strict(
        arguments -> {
          String separator = text(arguments.get(1));
          if (separator.isEmpty()) {
            return call.undecided("splits at nothing");
          }
          List<Value> parts = new ArrayList<>();
          for (String part :
              text(arguments.get(0)).split(java.util.regex.Pattern.quote(separator))) {
            if (!part.isBlank()) {
              parts.add(Value.of(part.strip()));
            }
          }
          return Evaluation.of(Value.of(parts));
        });
  }

  private static Evaluation join(Invocation call) {
    return call.strict(
        arguments -> {
          Type element =
              call.argument(0).type().nonNull() instanceof Type.ListType list
                  ? list.element()
                  : Type.Special.ANY;
          return Evaluation.of(
              Value.of(
                  Invocation.elements(arguments.get(0), call.argument(0).type()).stream()
                      .filter(item -> !item.isNull())
                      .map(item -> ValuePrinter.print(item, element))
                      .collect(Collectors.joining(text(arguments.get(1))))));
        });
  }

  private static Evaluation endpoints(String text) {
    Set<Map<String, Value>> found = new LinkedHashSet<>();
    Matcher matcher = ENDPOINT.matcher(text);
    while (matcher.find() && found.size() < MAX_ENDPOINTS) {
      String host = matcher.group(1);
      int port = Integer.parseInt(matcher.group(2));
      char after = matcher.end() < text.length() ? text.charAt(matcher.end()) : ' ';
      boolean ends = !Character.isLetterOrDigit(after) && after != '@';
      if (ends && port > 0 && port <= MAX_PORT && isHost(host)) {
        Map<String, Value> endpoint = new LinkedHashMap<>();
        endpoint.put("host", Value.of(host.replace("[", "").replace("]", "")));
        endpoint.put("port", Value.of((double) port));
        found.add(endpoint);
      }
    }
    return Evaluation.of(Value.of(found.stream().map(Value::of).toList()));
  }

  private static boolean isHost(String word) {
    boolean letters = word.chars().anyMatch(Character::isLetter);
    boolean address = word.startsWith("[") || word.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    return address
        || (letters
            && !SOURCE_FILE.matcher(word).find()
            && !LABELS.contains(word.toLowerCase(Locale.ROOT)));
  }

  private static Evaluation number(Invocation call, Value value) {
    if (value instanceof NumberValue) {
      return Evaluation.of(value);
    }
    Optional<Double> number =
        value instanceof TextValue text ? number(text.value()) : Optional.empty();
    return number.isPresent() ? call.number(number.get()) : call.undecided("is not a number");
  }

  private static Optional<Double> number(String text) {
    String digits = text.strip();
    return digits.length() <= 40 && digits.matches("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
        ? Optional.of(Double.valueOf(digits))
        : Optional.empty();
  }

  private static Evaluation time(Invocation call, Value value) {
    if (value instanceof InstantValue) {
      return Evaluation.of(value);
    }
    if (value instanceof NumberValue number) {
      return since1970(call, number.value());
    }
    String text = value instanceof TextValue t ? t.value().strip() : "";
    Optional<Double> number = number(text);
    if (number.isPresent()) {
      return since1970(call, number.get());
    }
    return LiteralCoercion.instant(text)
        .<Evaluation>map(instant -> Evaluation.of(Value.of(instant)))
        .orElseGet(() -> call.undecided("is not an instant"));
  }

  private static Evaluation since1970(Invocation call, double number) {
    try {
      double millis = Math.abs(number) < SMALLEST_MILLIS ? number * 1000 : number;
      return Evaluation.of(Value.of(Instant.ofEpochMilli(Math.round(millis))));
    } catch (DateTimeException | ArithmeticException e) {
      return call.undecided("is not an instant");
    }
  }

  private static Evaluation stamp(Invocation call) {
    return call.strict(
        arguments ->
            Evaluation.of(Value.of(ValuePrinter.stamp(((InstantValue) arguments.get(0)).value()))));
  }

  private static Evaluation printed(Invocation call) {
    return call.strict(
        arguments ->
            Evaluation.of(Value.of(ValuePrinter.print(arguments.get(0), call.argument(0).type()))));
  }
}
