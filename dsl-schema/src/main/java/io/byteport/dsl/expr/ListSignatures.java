package io.byteport.dsl.expr;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signatures: functions over lists. */
final class ListSignatures {
  private ListSignatures() {}

  static void addTo(Functions.Library library) {
    library.add(
        FunctionBuilder.of("any", "boolean", "Whether the condition holds for at least one element")
            .with("list", "list")
            .each("condition", "boolean")
            .example("any([1, 5, 9], $ > 8)", "true")
            .example("any([], $ == 1)", "false"),
        a -> condition(a, Scalar.BOOLEAN));
    library.add(
        FunctionBuilder.of(
                "all",
                "boolean",
                "Whether the condition holds for every element; true for an empty list")
            .with("list", "list")
            .each("condition", "boolean")
            .example("all([1, 5, 9], $ > 3)", "false")
            .example("all([5, 9], $ > 3)", "true"),
        a -> condition(a, Scalar.BOOLEAN));
    library.add(
        FunctionBuilder.of(
                "count",
                "integer",
                "How many elements there are, or for how many the condition holds")
            .with("list", "list")
            .eachOptional("condition", "boolean")
            .example("count([4, 5, 6])", "3")
            .example("count([4, 5, 6], $ >= 5)", "2"),
        a -> condition(a, Scalar.INTEGER));
    library.add(
        FunctionBuilder.of("filter", "list", "The elements for which the condition holds")
            .with("list", "list")
            .each("condition", "boolean")
            .example("filter([1, 5, 9], $ > 3)", "5, 9"),
        a -> condition(a, new ListType(a.element(0))));
    library.add(
        FunctionBuilder.of("map", "list", "What the expression makes of each element")
            .with("list", "list")
            .each("mapping", "any type")
            .example("map([1, 5], $ * 2)", "2, 10"),
        a -> {
          a.element(0);
          return a.passNullList(new ListType(a.type(1)));
        });
    library.add(
        FunctionBuilder.of(
                "first",
                "element or null",
                "The first element, or the first for which the condition holds; null where there is"
                    + " none")
            .with("list", "list")
            .eachOptional("condition", "boolean")
            .example("first([4, 5, 6])", "4")
            .example("first([4, 5, 6], $ > 4)", "5"),
        a -> condition(a, a.element(0).orNull()));
    library.add(
        FunctionBuilder.of(
                "last",
                "element or null",
                "The last element, or the last for which the condition holds; null where there is"
                    + " none")
            .with("list", "list")
            .eachOptional("condition", "boolean")
            .example("last([4, 5, 6])", "6")
            .example("last([4, 5, 6], $ < 6)", "5"),
        a -> condition(a, a.element(0).orNull()));
    library.add(
        FunctionBuilder.of(
                "take",
                "list",
                "The first so many elements; with a negative number the last so many")
            .with("list", "list")
            .with("number", "integer")
            .example("take([4, 5, 6], 2)", "4, 5")
            .example("take([4, 5, 6], -2)", "5, 6"),
        a -> {
          a.is(1, Scalar.INTEGER);
          return a.passNull(new ListType(a.element(0)));
        });
    library.add(
        FunctionBuilder.of(
                "tally",
                "list of {value, count}",
                "How often each value occurs, most frequent first; nulls are not counted")
            .with("list", "list")
            .eachOptional("mapping", "text, number or boolean")
            .example("map(tally([\"a\", \"b\", \"a\"]), $.value)", "a, b")
            .example("first(tally([\"a\", \"b\", \"a\"])).count", "2"),
        a -> a.passNullList(new ListType(tally(a.mapped(0, 1).nonNull()))));
  }

  private static Type condition(Arguments a, Type result) {
    a.element(0);
    return a.passNullList(result);
  }

  private static RecordType tally(Type value) {
    Map<String, Type> fields = new LinkedHashMap<>();
    fields.put("value", value);
    fields.put("count", Scalar.INTEGER);
    return new RecordType("Tally").complete(fields, List.of(), List.of("value", "count"));
  }
}
