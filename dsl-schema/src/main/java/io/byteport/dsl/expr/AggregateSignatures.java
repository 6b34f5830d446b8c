package io.byteport.dsl.expr;

import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import java.util.Optional;

/** Signatures: functions that make one value of several. */
final class AggregateSignatures {
  private AggregateSignatures() {}

  static void addTo(Functions.Library library) {
    library.add(
        FunctionBuilder.of("sum", "as the elements", "The sum; zero for an empty list")
            .with("list", "list")
            .eachOptional("mapping", "number, duration, size or percent")
            .example("sum([1, 2, 3])", "6")
            .example("sum([1, 2], $ * 1Gi)", "3Gi"),
        a -> a.passNullList(a.quantity(a.size() - 1, a.mapped(0, 1))));
    library.add(
        FunctionBuilder.of(
                "min", "as the elements, or null", "The smallest element; null where there is none")
            .with("list", "list")
            .eachOptional("mapping", "number, quantity or instant")
            .example("min([3, 1, 2])", "1"),
        AggregateSignatures::extreme);
    library.add(
        FunctionBuilder.of(
                "min", "as the arguments", "The smallest of the arguments; null is left out")
            .with("first", "number, quantity or instant")
            .rest("more", "of the same type")
            .example("min(30s, 2m)", "30s"),
        AggregateSignatures::extremeOfArguments);
    library.add(
        FunctionBuilder.of(
                "max", "as the elements, or null", "The largest element; null where there is none")
            .with("list", "list")
            .eachOptional("mapping", "number, quantity or instant")
            .example("max([3, 1, 2])", "3")
            .example("max([3, 1, 2], -$)", "-1"),
        AggregateSignatures::extreme);
    library.add(
        FunctionBuilder.of(
                "max", "as the arguments", "The largest of the arguments; null is left out")
            .with("first", "number, quantity or instant")
            .rest("more", "of the same type")
            .example("max(0, -3)", "0"),
        AggregateSignatures::extremeOfArguments);
    library.add(
        FunctionBuilder.of("share", "percent", "What share of the second the first is")
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
    library.add(
        FunctionBuilder.of(
                "coalesce",
                "as the arguments",
                "The first argument that is not null. One that is unavailable is not skipped")
            .with("first", "any type")
            .rest("more", "of the same type")
            .example("coalesce(null, 5, 7)", "5"),
        AggregateSignatures::coalesced);
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
}
