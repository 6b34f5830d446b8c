package io.byteport.dsl.expr;

import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signatures: functions of texts, and conversions from and to text. */
final class TextSignatures {
  static final RecordType ENDPOINT = endpoint();

  private TextSignatures() {}

  static void addTo(Functions.Library library) {
    texts(library);
    conversions(library);
  }

  private static void texts(Functions.Library library) {
    library.add(
        FunctionBuilder.of("startsWith", "boolean", "Whether a text begins with another")
            .with("text", "text")
            .with("prefix", "text")
            .example("startsWith(\"*.example.com\", \"*.\")", "true"),
        a -> texts(a, Scalar.BOOLEAN));
    library.add(
        FunctionBuilder.of("endsWith", "boolean", "Whether a text ends with another")
            .with("text", "text")
            .with("suffix", "text")
            .example("endsWith(\"api.service\", \".service\")", "true"),
        a -> texts(a, Scalar.BOOLEAN));
    library.add(
        FunctionBuilder.of(
                "matches",
                "boolean",
                "Whether a pattern fits the whole text; `~=` looks for it anywhere in the text")
            .with("text", "text")
            .with("pattern", "literal, or parameter of type regex")
            .example("matches(\"web-12\", \"web-[0-9]+\")", "true")
            .example("matches(\"my-web-12\", \"web-[0-9]+\")", "false"),
        a -> texts(a, Scalar.BOOLEAN));
    library.add(
        FunctionBuilder.of("lower", "string", "In lower case")
            .with("text", "text")
            .example("lower(\"DigiCert\")", "digicert"),
        a -> texts(a, Scalar.STRING));
    library.add(
        FunctionBuilder.of("upper", "string", "In upper case")
            .with("text", "text")
            .example("upper(\"aws\")", "AWS"),
        a -> texts(a, Scalar.STRING));
    library.add(
        FunctionBuilder.of("trim", "string", "Without space at both ends")
            .with("text", "text")
            .example("trim(\" a b \")", "a b"),
        a -> texts(a, Scalar.STRING));
    library.add(
        FunctionBuilder.of(
                "split",
                "list<string>",
                "The parts between a separator, without space around them; empty parts are left"
                    + " out")
            .with("text", "text")
            .with("separator", "text")
            .example("split(\"db_query, db_terminate\", \",\")", "db_query, db_terminate"),
        a -> texts(a, new ListType(Scalar.STRING)));
    library.add(
        FunctionBuilder.of(
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
    library.add(
        FunctionBuilder.of(
                "endpoints",
                "list<Endpoint>",
                "Every address with a port that a text names, each once")
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

  private static void conversions(Functions.Library library) {
    library.add(
        FunctionBuilder.of(
                "number",
                "number",
                "The number that a text or JSON value holds; undecided where it holds none")
            .with("value", "any, text or number")
            .example("number(\"12.5\")", "12.5"),
        a -> converted(a, Scalar.NUMBER));
    library.add(
        FunctionBuilder.of(
                "time",
                "instant",
                "The instant that a text in ISO 8601, or a number of seconds or milliseconds since"
                    + " 1970, holds; undecided where it holds none")
            .with("value", "any, text or number")
            .example("stamp(time(\"2026-11-21T04:00:00+01:00\"))", "2026-11-21T03:00:00Z"),
        a -> a.type(0).nonNull() == Scalar.INSTANT ? a.type(0) : converted(a, Scalar.INSTANT));
    library.add(
        FunctionBuilder.of("stamp", "string", "An instant as text, in UTC and whole seconds")
            .with("instant", "instant")
            .example("stamp(time(1795230000))", "2026-11-21T03:00:00Z"),
        a -> {
          a.is(0, Scalar.INSTANT);
          return a.passNull(Scalar.STRING);
        });
    library.add(
        FunctionBuilder.of("text", "string", "A value as a message prints it")
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

  private static RecordType endpoint() {
    Map<String, Type> fields = new LinkedHashMap<>();
    fields.put("host", Scalar.STRING);
    fields.put("port", Scalar.INTEGER);
    return new RecordType("Endpoint").complete(fields, List.of(), List.of("host", "port"));
  }
}
