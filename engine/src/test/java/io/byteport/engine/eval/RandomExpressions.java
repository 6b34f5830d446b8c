package io.byteport.engine.eval;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Source texts of well-typed expressions, with the operators written as people write them: hardly
 * any parentheses.
 */
final class RandomExpressions {
  private static final RecordType DISK =
      RecordType.of(
          "Disk",
          Map.of("free", Scalar.SIZE, "used", Scalar.PERCENT.orNull(), "name", Scalar.STRING));
  private static final List<String> WORDS =
      List.of("a", "ab", "5", "5.0", "true", "null", "", "v0", "x y", "ä\\\"\\\\");

  private final Random random;

  RandomExpressions(long seed) {
    this.random = new Random(seed);
  }

  /** The names that the texts use; about one in eight is null, one in eight unavailable. */
  Typed names() {
    Typed names = new Typed();
    for (String name : List.of("n1", "n2", "n3")) {
      add(names, name, Scalar.NUMBER, Value.of(number()));
    }
    for (String name : List.of("i1", "i2")) {
      add(names, name, Scalar.INTEGER, Value.of(random.nextInt(-9, 10)));
    }
    for (String name : List.of("d1", "d2")) {
      add(
          names,
          name,
          Scalar.DURATION,
          Value.of(Duration.ofMillis(random.nextInt(0, 200_000) * 50L)));
    }
    for (String name : List.of("s1", "s2")) {
      add(names, name, Scalar.SIZE, Value.of(new DataSize(random.nextLong(0, 1L << 40))));
    }
    for (String name : List.of("p1", "p2")) {
      add(names, name, Scalar.PERCENT, Value.of(new Percent(random.nextInt(-200, 2000) / 10.0)));
    }
    for (String name : List.of("t1", "t2")) {
      add(
          names,
          name,
          Scalar.INSTANT,
          Value.of(Typed.NOW.minusSeconds(random.nextInt(0, 9_000_000))));
    }
    for (String name : List.of("w1", "w2")) {
      add(names, name, Scalar.STRING, Value.of(word().replace("\\\"", "\"").replace("\\\\", "\\")));
    }
    add(
        names,
        "e",
        new EnumType(List.of("active", "idle")),
        Value.of(random.nextBoolean() ? "active" : "idle"));
    add(
        names,
        "l",
        new ListType(Scalar.NUMBER),
        Value.of(List.of(Value.of(1), Value.of(number()), Value.NULL)));
    names.fact(
        "b1",
        Scalar.BOOLEAN,
        random.nextInt(4) == 0
            ? Evaluation.because("b1", "x")
            : Evaluation.of(random.nextBoolean()));
    names.fact("b2", Scalar.BOOLEAN, Evaluation.of(random.nextBoolean()));
    Value disk =
        Value.of(
            Map.of(
                "free", Value.of(new DataSize(random.nextInt(0, 1 << 30))),
                "used",
                    random.nextBoolean()
                        ? Value.NULL
                        : Value.of(new Percent(random.nextInt(0, 101))),
                "name", Value.of(word())));
    add(names, "disk", DISK, disk);
    return names;
  }

  private void add(Typed names, String name, Type type, Value value) {
    switch (random.nextInt(8)) {
      case 0 -> names.fact(name, type.orNull(), Value.NULL);
      case 1 -> names.unavailable(name, type, "unread");
      default -> names.fact(name, type, value);
    }
  }

  private double number() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(-5, 6);
      case 2 -> random.nextInt(-500, 500) / 8.0;
      default -> random.nextDouble() * 1e6;
    };
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  /** A condition of about this depth. */
  String condition(int depth) {
    if (depth <= 0) {
      return pick("b1", "b2", "true", "false");
    }
    return switch (random.nextInt(9)) {
      case 0 -> condition(depth - 1) + " and " + condition(depth - 1);
      case 1 -> condition(depth - 1) + " or " + condition(depth - 1);
      case 2 -> "not " + condition(depth - 1);
      case 3 -> "(" + condition(depth - 1) + ")";
      case 4 -> text() + pick(" == ", " != ") + pick("w1", "w2", "disk.name");
      case 5 -> other();
      default -> {
        Scalar kind = kind();
        yield quantity(kind, depth - 1)
            + pick(" == ", " != ", " < ", " <= ", " > ", " >= ")
            + quantity(kind, depth - 1);
      }
    };
  }

  private String other() {
    return switch (random.nextInt(6)) {
      case 0 -> pick("n1", "d1", "disk", "w1", "disk.used", "e") + pick(" == null", " != null");
      case 1 -> "e == " + pick("\"active\"", "\"idle\"");
      case 2 -> "n1 in [" + literal(Scalar.NUMBER) + ", n2, 0]";
      case 3 -> "w1 contains " + text();
      case 4 -> "l contains i1";
      default -> text() + " in [w1, \"5\", \"a\"]";
    };
  }

  private String text() {
    return random.nextBoolean() ? pick("w1", "w2") : "\"" + word() + "\"";
  }

  private Scalar kind() {
    return List.of(
            Scalar.NUMBER,
            Scalar.NUMBER,
            Scalar.DURATION,
            Scalar.SIZE,
            Scalar.PERCENT,
            Scalar.INSTANT)
        .get(random.nextInt(6));
  }

  /** A number, quantity or instant of about this depth. */
  String quantity(Scalar kind, int depth) {
    if (depth <= 0) {
      return leaf(kind);
    }
    if (kind == Scalar.INSTANT) {
      return quantity(Scalar.INSTANT, depth - 1)
          + pick(" + ", " - ")
          + factor(Scalar.DURATION, depth - 1);
    }
    return switch (random.nextInt(6)) {
      case 0 -> quantity(kind, depth - 1) + " + " + factor(kind, depth - 1);
      case 1 -> quantity(kind, depth - 1) + " - " + factor(kind, depth - 1);
      case 2 -> factor(kind, depth - 1) + " * " + operand(Scalar.NUMBER, depth - 1);
      case 3 -> factor(kind, depth - 1) + " / " + operand(Scalar.NUMBER, depth - 1);
      case 4 -> scaled(kind, depth);
      default -> operand(kind, depth - 1);
    };
  }

  private String scaled(Scalar kind, int depth) {
    if (kind == Scalar.NUMBER) {
      Scalar of = List.of(Scalar.DURATION, Scalar.SIZE, Scalar.PERCENT).get(random.nextInt(3));
      return operand(of, depth - 1) + " / " + operand(of, depth - 1);
    }
    return kind == Scalar.PERCENT
        ? operand(Scalar.NUMBER, depth - 1) + " * " + operand(kind, depth - 1)
        : operand(kind, depth - 1) + pick(" * ", " / ") + operand(Scalar.PERCENT, depth - 1);
  }

  /** What may stand beside {@code +} and {@code *}. */
  private String factor(Scalar kind, int depth) {
    return kind != Scalar.INSTANT && depth > 0 && random.nextBoolean()
        ? operand(kind, depth - 1) + " * " + operand(Scalar.NUMBER, depth - 1)
        : operand(kind, depth);
  }

  private String operand(Scalar kind, int depth) {
    if (depth <= 0 || random.nextInt(3) == 0) {
      return leaf(kind);
    }
    return (kind != Scalar.INSTANT && random.nextInt(6) == 0 ? "-" : "")
        + "("
        + quantity(kind, depth - 1)
        + ")";
  }

  private String leaf(Scalar kind) {
    if (random.nextInt(3) == 0) {
      return literal(kind);
    }
    return switch (kind) {
      case DURATION -> pick("d1", "d2");
      case SIZE -> pick("s1", "s2", "disk.free");
      case PERCENT -> pick("p1", "p2", "disk.used");
      case INSTANT -> pick("t1", "t2", "now");
      default -> pick("n1", "n2", "n3", "i1", "i2");
    };
  }

  private String literal(Scalar kind) {
    return switch (kind) {
      case DURATION -> pick("0s", "15s", "1h30m", "7d", "250ms");
      case SIZE -> pick("0B", "256Mi", "2G", "1.5Gi", "1B");
      case PERCENT -> pick("0%", "80%", "5.5%", "100%");
      case INSTANT -> "now";
      default -> pick("0", "1", "2", "10", "0.1", "3.75", "1000000");
    };
  }

  private String pick(String... options) {
    return options[random.nextInt(options.length)];
  }
}
