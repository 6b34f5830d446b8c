package io.byteport.engine.run;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Explanation;
import io.byteport.engine.eval.ValuePrinter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates what stands in a runbook, at one moment of a run. One thread. */
public final class Expressions {
  private final Moment moment;
  private final boolean ahead;

  Expressions(Moment moment, boolean ahead) {
    this.moment = moment;
    this.ahead = ahead;
  }

  private Environment environment(Locals locals) {
    return new RunEnvironment(moment, locals, ahead);
  }

  Evaluation of(Expr expr, Locals locals) {
    return moment.evaluate(expr, environment(locals));
  }

  /** A condition's verdict. A condition that is null does not hold. */
  static Note.Verdict verdict(Evaluation evaluation) {
    return switch (evaluation) {
      case Evaluation.Undecided undecided -> Note.Verdict.UNDECIDED;
      case Evaluation.Known known -> evaluation.isTrue() ? Note.Verdict.TRUE : Note.Verdict.FALSE;
    };
  }

  /**
   * What a condition comes to that does not stand in the runbook but was checked against its names.
   *
   * @param explanation its terms with their values, indented text
   * @param term the same as a tree
   */
  public record Judgement(Note.Verdict verdict, String explanation, Term term) {}

  /** Judges a condition of somebody who looks at the run, such as a test's. */
  public Judgement judge(TypedExpr condition) {
    Explanation explanation = moment.explain(condition, environment(Locals.NONE));
    return new Judgement(
        verdict(explanation.evaluation()), Explained.text(explanation), term(explanation));
  }

  /**
   * What a fact is at this moment, and, where it is computed, from what.
   *
   * @throws IllegalArgumentException if the runbook has no such fact
   */
  public Term explain(String fact) {
    return new Terms(this).ofFact(fact);
  }

  /** What an expression of somebody who looks at the run comes to. */
  public Term explain(TypedExpr expr) {
    return term(moment.explain(expr, environment(Locals.NONE)));
  }

  /** The value of a fact at this moment; empty where it is not known. */
  public Optional<Value> value(String fact) {
    return root(fact).known();
  }

  /** What the name of a fact stands for. */
  Evaluation root(String fact) {
    return environment(Locals.NONE).root(fact);
  }

  /** Null where there is no such fact. */
  @Nullable Fact fact(String name) {
    return moment.graph().fact(name);
  }

  /** The terms of a condition as they are kept for people. */
  Term term(Explanation explanation) {
    return new Terms(this).of(explanation);
  }

  /** What comes of an expression of somebody who looks at the run. */
  public Evaluation look(TypedExpr expr) {
    return moment.explain(expr, environment(Locals.NONE)).evaluation();
  }

  Explanation explain(Expr expr, Locals locals) {
    return moment.explain(expr, environment(locals));
  }

  /** The same of a part of one, which has its type already. */
  Explanation explainPart(TypedExpr part) {
    return moment.explain(part, environment(Locals.NONE));
  }

  /** A condition that may be left out, which then holds. */
  Evaluation holds(@Nullable Expr condition, Locals locals) {
    return condition == null ? Evaluation.of(true) : of(condition, locals);
  }

  /**
   * The first option whose condition holds, else null. What cannot be decided makes the whole
   * undecided.
   */
  Evaluation choose(Choice choice, Locals locals) {
    for (Choice.Option option : choice.options()) {
      Evaluation when = holds(option.when(), locals);
      if (when instanceof Evaluation.Undecided) {
        return when;
      }
      if (when.isTrue()) {
        return value(option.value(), locals);
      }
    }
    return Evaluation.of(Value.NULL);
  }

  /**
   * A value of the type that its place asks for. A structure is undecided where a part of it is.
   */
  Evaluation value(ValueExpr expr, Locals locals) {
    return switch (expr) {
      case ValueExpr.Constant constant -> Evaluation.of(constant(constant));
      case ValueExpr.Single single -> of(single.expr(), locals);
      case ValueExpr.Interpolated text -> interpolate(text.template(), locals);
      case ValueExpr.ListOf list -> {
        List<Value> items = new ArrayList<>();
        List<Evaluation.Undecided> undecided = new ArrayList<>();
        for (ValueExpr item : list.items()) {
          collect(value(item, locals), items::add, undecided);
        }
        yield undecided.isEmpty() ? Evaluation.of(Value.of(items)) : Evaluation.merged(undecided);
      }
      case ValueExpr.MapOf map -> entries(map.entries(), locals);
    };
  }

  /** A structure of entries, undecided where one of them is. */
  Evaluation entries(Map<String, ValueExpr.Entry> entries, Locals locals) {
    Map<String, Value> fields = new LinkedHashMap<>();
    List<Evaluation.Undecided> undecided = new ArrayList<>();
    entries.forEach(
        (key, entry) ->
            collect(value(entry.value(), locals), value -> fields.put(key, value), undecided));
    return undecided.isEmpty() ? Evaluation.of(Value.of(fields)) : Evaluation.merged(undecided);
  }

  private static void collect(
      Evaluation evaluation,
      java.util.function.Consumer<Value> known,
      List<Evaluation.Undecided> undecided) {
    switch (evaluation) {
      case Evaluation.Known value -> known.accept(value.value());
      case Evaluation.Undecided not -> undecided.add(not);
    }
  }

  private Value constant(ValueExpr.Constant constant) {
    return moment.state().runbook().typing().of(constant);
  }

  /** Text in which every hole must be known. */
  private Evaluation interpolate(Template template, Locals locals) {
    StringBuilder out = new StringBuilder();
    List<Evaluation.Undecided> undecided = new ArrayList<>();
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Text text -> out.append(text.text());
        case Template.Hole hole -> {
          Evaluation evaluation = of(hole.expr(), locals);
          if (evaluation instanceof Evaluation.Undecided not) {
            undecided.add(not);
          } else {
            out.append(print(hole.expr(), evaluation));
          }
        }
      }
    }
    return undecided.isEmpty()
        ? Evaluation.of(Value.of(out.toString()))
        : Evaluation.merged(undecided);
  }

  /**
   * The one line of every message: as {@link #text}, but what is not known is {@code ?}, since the
   * reason stands in the message, and what is empty is {@code -}.
   */
  String line(ValueExpr expr, Locals locals) {
    if (!(expr instanceof ValueExpr.Interpolated text)) {
      return text(expr, locals);
    }
    StringBuilder out = new StringBuilder();
    for (Template.Part part : text.template().parts()) {
      switch (part) {
        case Template.Text literal -> out.append(literal.text());
        case Template.Hole hole -> {
          Evaluation evaluation = of(hole.expr(), locals);
          String printed =
              evaluation instanceof Evaluation.Undecided ? "?" : print(hole.expr(), evaluation);
          out.append(printed.isBlank() ? "-" : printed);
        }
      }
    }
    return out.toString();
  }

  /** Text for people: null prints {@code -}, and what could not be known its reason. */
  String text(ValueExpr expr, Locals locals) {
    return switch (expr) {
      case ValueExpr.Constant constant -> ValuePrinter.print(constant(constant), Type.Special.ANY);
      case ValueExpr.Single single -> print(single.expr(), of(single.expr(), locals));
      case ValueExpr.Interpolated text -> {
        StringBuilder out = new StringBuilder();
        for (Template.Part part : text.template().parts()) {
          switch (part) {
            case Template.Text literal -> out.append(literal.text());
            case Template.Hole hole -> out.append(print(hole.expr(), of(hole.expr(), locals)));
          }
        }
        yield out.toString();
      }
      case ValueExpr.ListOf list ->
          list.items().stream()
              .map(item -> text(item, locals))
              .collect(java.util.stream.Collectors.joining(", "));
      case ValueExpr.MapOf map ->
          map.entries().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + text(entry.getValue().value(), locals))
              .collect(java.util.stream.Collectors.joining(", "));
    };
  }

  /** A value, or text that says why there is none. */
  Value said(ValueExpr expr, Locals locals) {
    return switch (value(expr, locals)) {
      case Evaluation.Known known -> known.value();
      case Evaluation.Undecided undecided ->
          Value.of(
              expr instanceof ValueExpr.Interpolated ? text(expr, locals) : undecided.reason());
    };
  }

  /** What an evaluation of this expression prints as. */
  String print(Expr expr, Evaluation evaluation) {
    if (expr instanceof Expr.Name name
        && name.name().equals("confidence")
        && evaluation instanceof Evaluation.Known known
        && known.value() instanceof Value.NumberValue number) {
      return ValuePrinter.confidence(number.value());
    }
    return ValuePrinter.print(evaluation, type(expr));
  }

  /** The text of the runbook. */
  String source() {
    return moment.state().runbook().source().text();
  }

  Type factType(String fact) {
    return moment.state().runbook().typing().facts().getOrDefault(fact, Type.Special.ANY);
  }

  /** A whole expression of the runbook with its types. */
  TypedExpr typed(Expr expr) {
    return moment.state().runbook().typing().of(expr);
  }

  Type type(Expr expr) {
    return typed(expr).type();
  }

  /** A duration, or empty where it is null or not known. */
  Optional<Duration> duration(@Nullable ValueExpr expr, Locals locals) {
    if (expr == null) {
      return Optional.empty();
    }
    return value(expr, locals).known().flatMap(Expressions::duration);
  }

  static Optional<Duration> duration(Value value) {
    return switch (value) {
      case Value.DurationValue duration -> Optional.of(duration.value());
      case TextValue text -> Quantities.duration(text.value());
      default -> Optional.empty();
    };
  }

  /** The causes in a sentence. */
  static String reason(List<Cause> causes) {
    return Causes.sentence(causes);
  }
}
