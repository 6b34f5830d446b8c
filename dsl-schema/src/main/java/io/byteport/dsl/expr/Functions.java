package io.byteport.dsl.expr;

import io.byteport.dsl.expr.Function.Example;
import io.byteport.dsl.expr.Function.Parameter;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The library: every function that an expression may call, and no other. Each is pure. Null passes
 * through, so that a function of null is null, unless its sentence says otherwise; functions over
 * lists leave out elements that are null.
 */
public final class Functions {
  private static final Map<String, List<Typed>> BY_NAME = new LinkedHashMap<>();

  /** What {@code endpoints} finds; named as the type of the actions that take it. */
  public static final RecordType ENDPOINT = endpoint();

  /** Types the result from the arguments. */
  interface Rule {
    Type type(Arguments arguments);
  }

  /** A function and its typing. */
  record Typed(Function function, Rule rule) {}

  static {
    overLists();
    aggregates();
    overTime();
    numbers();
    texts();
    conversions();
  }

  private Functions() {}

  /** All functions, overloads one by one, in the order of the reference. */
  public static List<Function> all() {
    return BY_NAME.values().stream().flatMap(List::stream).map(Typed::function).toList();
  }

  /**
   * The functions of a name, which differ in the number or kind of their arguments; empty where
   * there is none.
   */
  public static List<Function> named(String name) {
    return overloads(name).stream().map(Typed::function).toList();
  }

  /** Every name once. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  static List<Typed> overloads(String name) {
    return BY_NAME.getOrDefault(name, List.of());
  }

  private static RecordType endpoint() {
    Map<String, Type> fields = new LinkedHashMap<>();
    fields.put("host", Scalar.STRING);
    fields.put("port", Scalar.INTEGER);
    return new RecordType("Endpoint").complete(fields, List.of(), List.of("host", "port"));
  }

  private static void overLists() {
    add(
        of("any", "boolean", "Whether the condition holds for at least one element")
            .with("list", "list")
            .each("condition", "boolean")
            .example("any([1, 5, 9], $ > 8)", "true")
            .example("any([], $ == 1)", "false"),
        a -> condition(a, Scalar.BOOLEAN));
    add(
        of(
                "all",
                "boolean",
                "Whether the condition holds for every element; true for an empty list")
            .with("list", "list")
            .each("condition", "boolean")
            .example("all([1, 5, 9], $ > 3)", "false")
            .example("all([5, 9], $ > 3)", "true"),
        a -> condition(a, Scalar.BOOLEAN));
    add(
        of("count", "integer", "How many elements there are, or for how many the condition holds")
            .with("list", "list")
            .eachOptional("condition", "boolean")
            .example("count([4, 5, 6])", "3")
            .example("count([4, 5, 6], $ >= 5)", "2"),
        a -> condition(a, Scalar.INTEGER));
    add(
        of("filter", "list", "The elements for which the condition holds")
            .with("list", "list")
            .each("condition", "boolean")
            .example("filter([1, 5, 9], $ > 3)", "5, 9"),
        a -> condition(a, new ListType(a.element(0))));
    add(
        of("map", "list", "What the expression makes of each element")
            .with("list", "list")
            .each("mapping", "any type")
            .example("map([1, 5], $ * 2)", "2, 10"),
        a -> {
          a.element(0);
          return a.passNullList(new ListType(a.type(1)));
        });
    add(
        of(
                "first",
                "element or null",
                "The first element, or the first for which the condition holds; null where there is"
                    + " none")
            .with("list", "list")
            .eachOptional("condition", "boolean")
            .example("first([4, 5, 6])", "4")
            .example("first([4, 5, 6], $ > 4)", "5"),
        a -> condition(a, a.element(0).orNull()));
    add(
        of(
                "last",
                "element or null",
                "The last element, or the last for which the condition holds; null where there is"
                    + " none")
            .with("list", "list")
            .eachOptional("condition", "boolean")
            .example("last([4, 5, 6])", "6")
            .example("last([4, 5, 6], $ < 6)", "5"),
        a -> condition(a, a.element(0).orNull()));
    add(
        of("take", "list", "The first so many elements; with a negative number the last so many")
            .with("list", "list")
            .with("number", "integer")
            .example("take([4, 5, 6], 2)", "4, 5")
            .example("take([4, 5, 6], -2)", "5, 6"),
        a -> {
          a.is(1, Scalar.INTEGER);
          return a.passNull(new ListType(a.element(0)));
        });
    add(
        of(
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

  private static void aggregates() {
    add(
        of("sum", "as the elements", "The sum; zero for an empty list")
            .with("list", "list")
            .eachOptional("mapping", "number, duration, size or percent")
            .example("sum([1, 2, 3])", "6")
            .example("sum([1, 2], $ * 1Gi)", "3Gi"),
        a -> a.passNullList(a.quantity(a.size() - 1, a.mapped(0, 1))));
    add(
        of("min", "as the elements, or null", "The smallest element; null where there is none")
            .with("list", "list")
            .eachOptional("mapping", "number, quantity or instant")
            .example("min([3, 1, 2])", "1"),
        Functions::extreme);
    add(
        of("min", "as the arguments", "The smallest of the arguments; null is left out")
            .with("first", "number, quantity or instant")
            .rest("more", "of the same type")
            .example("min(30s, 2m)", "30s"),
        Functions::extremeOfArguments);
    add(
        of("max", "as the elements, or null", "The largest element; null where there is none")
            .with("list", "list")
            .eachOptional("mapping", "number, quantity or instant")
            .example("max([3, 1, 2])", "3")
            .example("max([3, 1, 2], -$)", "-1"),
        Functions::extreme);
    add(
        of("max", "as the arguments", "The largest of the arguments; null is left out")
            .with("first", "number, quantity or instant")
            .rest("more", "of the same type")
            .example("max(0, -3)", "0"),
        Functions::extremeOfArguments);
    add(
        of("share", "percent", "What share of the second the first is")
            .with("part", "number or quantity")
            .with("whole", "of the same type")
            .example("share(3, 4)", "75%")
            .example("share(512Mi, 1Gi)", "50%"),
        a -> {
          Type part = a.quantity(0, a.type(0));
          Type whole = a.quantity(1, a.type(1));
          if (Assignment.join(part, whole).isEmpty()) {
            a.misfit(1, "a value of type " + part);
          }
          return a.passNull(Scalar.PERCENT);
        });
    add(
        of(
                "coalesce",
                "as the arguments",
                "The first argument that is not null. One that is unavailable is not skipped")
            .with("first", "any type")
            .rest("more", "of the same type")
            .example("coalesce(null, 5, 7)", "5"),
        Functions::coalesced);
  }

  private static Type extreme(Arguments a) {
    Type result = a.ordered(a.size() - 1, a.mapped(0, 1));
    boolean never =
        a.expression(0) instanceof TypedExpr.ListOf list
            && !a.has(1)
            && list.items().stream().anyMatch(item -> !item.type().mayBeNull());
    return never ? result : result.orNull();
  }

  private static Type extremeOfArguments(Arguments a) {
    Type result = a.ordered(0, a.type(0));
    boolean maybe = true;
    for (int i = 0; i < a.size(); i++) {
      maybe &= a.type(i).mayBeNull();
      Type next = a.ordered(i, a.type(i));
      Optional<Type> joined = Assignment.join(result, next);
      result = joined.isPresent() ? joined.get() : a.misfit(i, "a value of type " + result);
    }
    return maybe ? result.orNull() : result;
  }

  private static Type coalesced(Arguments a) {
    Type result = a.type(0).nonNull();
    boolean maybe = true;
    for (int i = 0; i < a.size(); i++) {
      maybe &= a.type(i).mayBeNull();
      Optional<Type> joined = Assignment.join(result, a.type(i).nonNull());
      result =
          joined.isPresent() ? joined.get().nonNull() : a.misfit(i, "a value of type " + result);
    }
    return maybe ? result.orNull() : result;
  }

  private static void overTime() {
    add(
        of(
                "increase",
                "as the value",
                "By how much a counter has risen within the window, restarts from zero included;"
                    + " undecided until it was watched for so long")
            .with("value", "number, duration or size over facts")
            .with("window", "duration")
            .example("increase(restarts, 10m)", "5"),
        a -> {
          a.is(1, Scalar.DURATION);
          return a.passNull(a.quantity(0, a.type(0)));
        });
    add(
        of(
                "rate",
                "number",
                "By how much a counter rises each second, on average within the window; undecided"
                    + " until it was watched for so long")
            .with("value", "number over facts")
            .with("window", "duration")
            .example("rate(restarts, 10m) * 600", "5"),
        a -> {
          a.number(0);
          a.is(1, Scalar.DURATION);
          return a.passNull(Scalar.NUMBER);
        });
    add(
        of(
                "growth",
                "percent",
                "By how much a series has grown from the first tenth of the window to the last")
            .with("series", "series or list of numbers or quantities")
            .optional("window", "duration")
            .example("growth([100, 105, 110])", "10%"),
        a -> series(a, Scalar.PERCENT));
    add(
        of(
                "rising",
                "boolean",
                "Whether no value is less than the one before it and the last is more than the"
                    + " first")
            .with("series", "series or list of numbers or quantities")
            .optional("window", "duration")
            .example("rising([1, 2, 2, 3])", "true")
            .example("rising([1, 3, 2])", "false"),
        a -> series(a, Scalar.BOOLEAN));
    add(
        of(
                "quantile",
                "as the values",
                "The value that the given share of the values does not exceed, interpolated between"
                    + " two")
            .with("series", "series or list of numbers or quantities")
            .with("quantile", "number from 0 to 1")
            .optional("window", "duration")
            .example("quantile([1, 2, 3, 4, 5], 0.5)", "3"),
        a -> {
          a.number(1);
          Type value = a.quantity(0, a.element(0));
          window(a, 2);
          return a.passNull(value == Scalar.INTEGER ? Scalar.NUMBER : value);
        });
    add(
        of(
                "correlation",
                "number",
                "How closely two series move together, from -1 to 1 (Pearson); undecided where one"
                    + " of them does not move")
            .with("first", "series or list of numbers or quantities")
            .with("second", "series or list of numbers or quantities")
            .optional("window", "duration")
            .example("correlation([1, 2, 3], [10, 20, 30])", "1"),
        a -> {
          a.quantity(0, a.element(0));
          a.quantity(1, a.element(1));
          window(a, 2);
          return a.passNull(Scalar.NUMBER);
        });
    add(
        of("age", "duration", "How long ago an instant was; negative for one to come")
            .with("instant", "instant")
            .example("age(time(\"2026-11-21T02:55:00Z\"))", "5m"),
        a -> {
          a.is(0, Scalar.INSTANT);
          return a.passNull(Scalar.DURATION);
        });
  }

  private static Type series(Arguments a, Type result) {
    a.quantity(0, a.element(0));
    window(a, 1);
    return a.passNull(result);
  }

  private static void window(Arguments a, int index) {
    if (!a.has(index)) {
      return;
    }
    a.is(index, Scalar.DURATION);
    Type series = a.type(0).nonNull();
    if (!(series instanceof SeriesType) && series != Special.UNKNOWN) {
      a.misfit(0, "a series, since a list has no times");
    }
  }

  private static void numbers() {
    add(
        of("seconds", "integer", "A duration in whole seconds, rounded down")
            .with("duration", "duration")
            .example("seconds(1m30s)", "90"),
        a -> whole(a, Scalar.DURATION));
    add(
        of("days", "integer", "A duration in whole days, rounded down")
            .with("duration", "duration")
            .example("days(47h)", "1"),
        a -> whole(a, Scalar.DURATION));
    add(
        of("ceil", "integer", "The smallest integer that is not less")
            .with("number", "number")
            .example("ceil(1.2)", "2"),
        Functions::rounded);
    add(
        of("floor", "integer", "The largest integer that is not more")
            .with("number", "number")
            .example("floor(1.8)", "1"),
        Functions::rounded);
    add(
        of("round", "integer", "The nearest integer, halves upwards")
            .with("number", "number")
            .example("round(1.5)", "2"),
        Functions::rounded);
    add(
        of("pow", "number", "The first to the power of the second")
            .with("base", "number")
            .with("exponent", "number")
            .example("pow(2, 10)", "1024"),
        a -> {
          a.number(0);
          a.number(1);
          return a.passNull(Scalar.NUMBER);
        });
  }

  private static Type rounded(Arguments a) {
    a.number(0);
    return a.passNull(Scalar.INTEGER);
  }

  private static Type whole(Arguments a, Scalar of) {
    a.is(0, of);
    return a.passNull(Scalar.INTEGER);
  }

  private static void texts() {
    add(
        of("startsWith", "boolean", "Whether a text begins with another")
            .with("text", "text")
            .with("prefix", "text")
            .example("startsWith(\"*.example.com\", \"*.\")", "true"),
        a -> texts(a, Scalar.BOOLEAN));
    add(
        of("endsWith", "boolean", "Whether a text ends with another")
            .with("text", "text")
            .with("suffix", "text")
            .example("endsWith(\"api.service\", \".service\")", "true"),
        a -> texts(a, Scalar.BOOLEAN));
    add(
        of(
                "matches",
                "boolean",
                "Whether a pattern fits the whole text; `~=` looks for it anywhere in the text")
            .with("text", "text")
            .with("pattern", "literal, or parameter of type regex")
            .example("matches(\"web-12\", \"web-[0-9]+\")", "true")
            .example("matches(\"my-web-12\", \"web-[0-9]+\")", "false"),
        a -> texts(a, Scalar.BOOLEAN));
    add(
        of("lower", "string", "In lower case")
            .with("text", "text")
            .example("lower(\"DigiCert\")", "digicert"),
        a -> texts(a, Scalar.STRING));
    add(
        of("upper", "string", "In upper case")
            .with("text", "text")
            .example("upper(\"aws\")", "AWS"),
        a -> texts(a, Scalar.STRING));
    add(
        of("trim", "string", "Without space at both ends")
            .with("text", "text")
            .example("trim(\" a b \")", "a b"),
        a -> texts(a, Scalar.STRING));
    add(
        of(
                "split",
                "list<string>",
                "The parts between a separator, without space around them; empty parts are left"
                    + " out")
            .with("text", "text")
            .with("separator", "text")
            .example("split(\"db_query, db_terminate\", \",\")", "db_query, db_terminate"),
        a -> texts(a, new ListType(Scalar.STRING)));
    add(
        of(
                "join",
                "string",
                "The elements as text with a separator between them; nulls are left out")
            .with("list", "list")
            .with("separator", "text")
            .example("join([\"a\", null, \"b\"], \"@\")", "a@b")
            .example("join([1, 2], \", \")", "1, 2"),
        a -> {
          a.element(0);
          a.text(1);
          return a.passNull(Scalar.STRING);
        });
    add(
        of("endpoints", "list<Endpoint>", "Every address with a port that a text names, each once")
            .with("text", "text")
            .example("endpoints(\"dial tcp redis:6379: connection refused\")", "redis:6379"),
        a -> texts(a, new ListType(ENDPOINT)));
  }

  private static Type texts(Arguments a, Type result) {
    for (int i = 0; i < a.size(); i++) {
      a.text(i);
    }
    return a.passNull(result);
  }

  private static void conversions() {
    add(
        of(
                "number",
                "number",
                "The number that a text or JSON value holds; undecided where it holds none")
            .with("value", "any, text or number")
            .example("number(\"12.5\")", "12.5"),
        a -> converted(a, Scalar.NUMBER));
    add(
        of(
                "time",
                "instant",
                "The instant that a text in ISO 8601, or a number of seconds or milliseconds since"
                    + " 1970, holds; undecided where it holds none")
            .with("value", "any, text or number")
            .example("stamp(time(\"2026-11-21T04:00:00+01:00\"))", "2026-11-21T03:00:00Z"),
        a -> a.type(0).nonNull() == Scalar.INSTANT ? a.type(0) : converted(a, Scalar.INSTANT));
    add(
        of("stamp", "string", "An instant as text, in UTC and whole seconds")
            .with("instant", "instant")
            .example("stamp(time(1795230000))", "2026-11-21T03:00:00Z"),
        a -> {
          a.is(0, Scalar.INSTANT);
          return a.passNull(Scalar.STRING);
        });
    add(
        of("text", "string", "A value as a message prints it")
            .with("value", "any type")
            .example("text(90s)", "1m30s"),
        a -> a.passNull(Scalar.STRING));
  }

  private static Type converted(Arguments a, Type result) {
    Type from = a.type(0);
    if (from != Special.ANY
        && !Assignment.isText(from)
        && !Assignment.isNumber(from)
        && from != Special.NULL) {
      a.misfit(0, "a JSON value, a text or a number");
    }
    return a.passNull(result);
  }

  private static void add(Builder builder, Rule rule) {
    Function function = builder.build();
    BY_NAME
        .computeIfAbsent(function.name(), name -> new ArrayList<>())
        .add(new Typed(function, rule));
  }

  private static Builder of(String name, String returns, String doc) {
    return new Builder(name, returns, doc);
  }

  /** Collects the parts of one function. */
  private static final class Builder {
    private final String name;
    private final String returns;
    private final String doc;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private boolean variadic;

    Builder(String name, String returns, String doc) {
      this.name = name;
      this.returns = returns;
      this.doc = doc;
    }

    Builder with(String parameter, String type) {
      return parameter(parameter, type, false, false);
    }

    Builder optional(String parameter, String type) {
      return parameter(parameter, type, true, false);
    }

    Builder each(String parameter, String type) {
      return parameter(parameter, type, false, true);
    }

    Builder eachOptional(String parameter, String type) {
      return parameter(parameter, type, true, true);
    }

    Builder rest(String parameter, String type) {
      variadic = true;
      return parameter(parameter, type, false, false);
    }

    private Builder parameter(String parameter, String type, boolean optional, boolean lambda) {
      parameters.add(new Parameter(parameter, type, optional, lambda));
      return this;
    }

    Builder example(String expression, String result) {
      examples.add(new Example(expression, result));
      return this;
    }

    Function build() {
      return new Function(name, parameters, variadic, returns, doc, examples);
    }
  }
}
