package io.byteport.lsp.assist;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.expr.Function;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.NullableType;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How things are described to people, as Markdown. Pure. */
final class Wording {
  private static final int MOST_FIELDS = 24;
  private static final int MOST_WORDS = 90;

  private Wording() {}

  static String value(Value value) {
    return switch (value) {
      case Value.NullValue nothing -> "null";
      case Value.BooleanValue flag -> String.valueOf(flag.value());
      case Value.NumberValue number ->
          number.value() == Math.rint(number.value()) && Math.abs(number.value()) < 1e15
              ? String.valueOf((long) number.value())
              : String.valueOf(number.value());
      case Value.TextValue text -> text.value();
      case Value.DurationValue duration -> Quantities.print(duration.value());
      case Value.SizeValue size -> Quantities.print(size.value());
      case Value.PercentValue percent -> Quantities.print(percent.value());
      case Value.InstantValue instant -> instant.value().toString();
      case Value.ListValue list ->
          list.items().stream().map(Wording::value).collect(Collectors.joining(", ", "[", "]"));
      case Value.StructValue struct ->
          struct.fields().entrySet().stream()
              .map(field -> field.getKey() + ": " + value(field.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  /** A type in a few words; empty where it is not known. */
  static String type(Type type) {
    String words = type == Special.UNKNOWN ? "" : type.toString();
    return words.length() <= MOST_WORDS
        ? words
        : words.substring(0, words.lastIndexOf(' ', MOST_WORDS - 4)) + " ...";
  }

  /** The fields of a type, one a line; empty where it has none. */
  static String fields(Type type) {
    return switch (type) {
      case NullableType nullable -> fields(nullable.inner());
      case ListType list -> fields(list.element());
      case SeriesType series -> fields(series.value());
      case MapType map -> fields(map.value());
      case RecordType record when !record.fields().isEmpty() ->
          "```\n"
              + record.fields().entrySet().stream()
                  .limit(MOST_FIELDS)
                  .map(field -> field.getKey() + ": " + field.getValue())
                  .collect(Collectors.joining("\n"))
              + (record.fields().size() > MOST_FIELDS ? "\n..." : "")
              + "\n```";
      default -> "";
    };
  }

  static String signature(Function function) {
    return function.name() + parameters(function) + ": " + function.returns();
  }

  private static String parameters(Function function) {
    return function.parameters().stream()
        .map(Wording::parameter)
        .collect(Collectors.joining(", ", "(", function.variadic() ? ", ...)" : ")"));
  }

  static String parameter(Function.Parameter parameter) {
    return parameter.name() + (parameter.optional() ? "?" : "") + ": " + parameter.type();
  }

  static String function(Function function) {
    String examples =
        function.examples().stream()
            .limit(3)
            .map(example -> example.expression() + "  is  " + example.result())
            .collect(Collectors.joining("\n"));
    return "```\n"
        + signature(function)
        + "\n```\n"
        + function.doc()
        + (examples.isEmpty() ? "" : "\n\n```\n" + examples + "\n```");
  }

  static String effect(ActionDescription action) {
    return action.effect().name().toLowerCase(Locale.ROOT);
  }

  /** All that there is to know of an action before it is used. */
  static String action(ActionDescription action) {
    List<String> lines = new ArrayList<>();
    lines.add("**" + action.name() + "** (" + effect(action) + ")");
    lines.add(action.doc());
    if (!action.inputs().isEmpty()) {
      lines.add(
          action.inputs().values().stream()
              .map(Wording::inputLine)
              .collect(Collectors.joining("\n")));
    }
    String fields = fields(action.output());
    if (!fields.isEmpty()) {
      lines.add(
          "Returns" + (action.finds() ? " (null where nothing is found)" : "") + ":\n" + fields);
    }
    if (!action.preview().isBlank()) {
      lines.add("Amounts to:\n```sh\n" + action.preview() + "\n```");
    }
    needs(action, lines);
    if (action.settled() != null) {
      lines.add("Settled: " + action.settled());
    }
    if (action.probe() != null) {
      lines.add("After a crash: " + action.probe());
    }
    return String.join("\n\n", lines);
  }

  private static void needs(ActionDescription action, List<String> lines) {
    List<String> needs = new ArrayList<>();
    for (Map.Entry<String, List<String>> need : action.needs().entrySet()) {
      needs.add("- `" + need.getKey() + "`: " + String.join(", ", need.getValue()));
    }
    action
        .prerequisites()
        .grants()
        .forEach((system, grants) -> needs.add("- " + system + ": " + String.join(", ", grants)));
    if (!action.prerequisites().binaries().isEmpty()) {
      needs.add("- programs: `" + String.join("`, `", action.prerequisites().binaries()) + "`");
    }
    if (!needs.isEmpty()) {
      lines.add("Needs:\n" + String.join("\n", needs));
    }
  }

  private static String inputLine(Input input) {
    String doc = input.doc();
    return "- `" + input.name() + "`: " + input(input) + (doc == null ? "" : ". " + doc);
  }

  /** The type of an input with its default. */
  static String input(Input input) {
    Value otherwise = input.defaultValue();
    return input.type()
        + (input.required() ? ", required" : "")
        + (otherwise == null ? "" : ", `" + value(otherwise) + "` if left out");
  }
}
