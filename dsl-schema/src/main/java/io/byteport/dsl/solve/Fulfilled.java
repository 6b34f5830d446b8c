package io.byteport.dsl.solve;

import io.byteport.dsl.value.Value;
import java.util.Optional;

/** Whether example facts fulfil a formula: the proof of the example. */
final class Fulfilled {
  private Fulfilled() {}

  static boolean by(Model facts, Formula formula) {
    return switch (formula) {
      case Formula.All all -> all.parts().stream().allMatch(part -> by(facts, part));
      case Formula.Any any -> any.parts().stream().anyMatch(part -> by(facts, part));
      case Formula.Is is -> by(facts, is.constraint());
    };
  }

  private static boolean by(Model facts, Constraint constraint) {
    return switch (constraint) {
      case Constraint.Unavailable asked -> !facts.values().containsKey(asked.term());
      case Constraint.Known known -> facts.values().containsKey(known.term());
      case Constraint.Absent absent ->
          value(facts, absent.term()).map(value -> value.isNull() == absent.absent()).orElse(false);
      case Constraint.Among among ->
          of(
              facts,
              among.term(),
              among.orNull(),
              found -> among.values().contains(found) == among.in());
      case Constraint.Bound bound ->
          of(
              facts,
              bound.term(),
              bound.orNull(),
              found -> found instanceof Double number && bound.range().contains(number));
      case Constraint.Like like ->
          of(
              facts,
              like.term(),
              like.orNull(),
              found ->
                  found instanceof String text
                      && like.test().of(text).orElse(!like.holds()) == like.holds());
      case Constraint.Order order ->
          number(facts, order.left()).isPresent()
              && number(facts, order.right()).isPresent()
              && (order.strict()
                  ? number(facts, order.left()).get() < number(facts, order.right()).get()
                  : number(facts, order.left()).get() <= number(facts, order.right()).get());
      case Constraint.Same same -> {
        Optional<Object> left = value(facts, same.left()).flatMap(Quantity::of);
        Optional<Object> right = value(facts, same.right()).flatMap(Quantity::of);
        yield left.isPresent() && right.isPresent() && left.equals(right) == same.equal();
      }
    };
  }

  private interface Test {
    boolean passes(Object found);
  }

  private static boolean of(Model facts, Term term, boolean orNull, Test test) {
    Optional<Value> value = value(facts, term);
    return value.isPresent()
        && (value.get().isNull()
            ? orNull
            : Quantity.of(value.get()).filter(test::passes).isPresent());
  }

  private static Optional<Double> number(Model facts, Term term) {
    return value(facts, term).flatMap(Quantity::number);
  }

  private static Optional<Value> value(Model facts, Term term) {
    return Optional.ofNullable(facts.values().get(term));
  }
}
