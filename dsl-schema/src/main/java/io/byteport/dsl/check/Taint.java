package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.action.InputPolicy;
import io.byteport.dsl.action.InputPolicy.Untrusted;
import io.byteport.dsl.check.DataFlow.Place;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Untrusted text reaches no place where it could do harm: a program or an option of a command line,
 * a statement or a query, the kind of an object, an address that credentials go to, a path outside
 * its roots, a pattern.
 */
final class Taint implements Check {
  /** After it nothing is an option. */
  private static final Value SEPARATOR = Value.of("--");

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Walk walk = new Walk(subject, findings, new DataFlow(subject, typed));
    for (Fact fact : subject.declaredFacts()) {
      if (fact instanceof Fact.Read read) {
        walk.use(read.use(), walk.place(Place.TOP, read.as(), Optional.ofNullable(read.forEach())));
      }
    }
    for (StepTree.Placed placed : subject.tree().all()) {
      Place place = Place.in(placed.block());
      if (placed.step() instanceof Step.Act act) {
        walk.use(act.use(), walk.place(place, act.as(), Optional.ofNullable(act.forEach())));
      } else if (placed.step() instanceof Step.Propose propose) {
        walk.use(propose.use(), place);
      }
    }
  }

  /** Where in a value untrusted text stands, and its way there. */
  private record Reached(Span span, Trail trail) {}

  private static final class Walk {
    private final Subject subject;
    private final Findings findings;
    private final DataFlow flow;
    private final Set<Span> reported = new HashSet<>();

    Walk(Subject subject, Findings findings, DataFlow flow) {
      this.subject = subject;
      this.findings = findings;
      this.flow = flow;
    }

    Place place(Place place, String name, Optional<Expr> list) {
      return list.map(expr -> flow.each(place, name, expr)).orElse(place);
    }

    void use(ActionUse use, Place place) {
      ActionDescription action = subject.catalogue().action(use.action().name()).orElse(null);
      if (action == null) {
        return;
      }
      Map<String, ValueExpr.Entry> given = new LinkedHashMap<>(ActionTyping.defaults(subject, use));
      given.putAll(use.with());
      given.forEach(
          (name, entry) ->
              action
                  .input(name)
                  .ifPresent(
                      input -> {
                        Place here = use.with().containsKey(name) ? place : Place.TOP;
                        input(action, input, entry.value(), given.keySet(), here);
                      }));
    }

    private void input(
        ActionDescription action, Input input, ValueExpr value, Set<String> given, Place place) {
      InputPolicy policy = input.policy();
      String what = "`" + input.name() + "`";
      if (policy.credentials()) {
        report(
            reached(value, place),
            what,
            action,
            "an address of the runbook or of its parameters",
            "credentials are sent there: name an entry of the inventory, or make it a parameter");
      } else if (policy.untrusted() == Untrusted.NEVER || isPattern(input.type())) {
        trusted(reached(value, place), what, action);
      } else if (policy.untrusted() == Untrusted.NOT_FIRST) {
        trusted(first(value, place), "`" + input.name() + "[0]`", action);
      }
      if (policy.noLeadingDash()) {
        options(action, input, value, place);
      }
      String roots = policy.within();
      if (roots != null && !given.contains(roots)) {
        report(
            reached(value, place),
            what,
            action,
            "`" + roots + "`, which says where the paths may lie,",
            "give `" + roots + "` under `with`");
      }
      fields(action, input.type(), value, what, place);
    }

    private void trusted(Optional<Reached> reached, String what, ActionDescription action) {
      report(
          reached,
          what,
          action,
          "a literal or a parameter",
          action.inputs().containsKey("bind")
              ? "write it into the runbook, and hand over what differs under `bind`"
              : "write it into the runbook, or make it a parameter");
    }

    /** A text from outside may not begin with a dash where a dash means something. */
    private void options(ActionDescription action, Input input, ValueExpr value, Place place) {
      boolean program = input.policy().untrusted() == Untrusted.NOT_FIRST;
      if (value instanceof ValueExpr.Single single
          && single.expr() instanceof Expr.ListLiteral list) {
        for (int i = program ? 1 : 0; i < list.items().size(); i++) {
          if (list.items().get(i) instanceof Expr.Literal literal
              && literal.value().equals(SEPARATOR)) {
            return;
          }
          dash(element(list, i, place), input, "[" + i + "]", action);
        }
        return;
      }
      List<ValueExpr> items =
          value instanceof ValueExpr.ListOf list ? list.items() : List.of(value);
      for (int i = program ? 1 : 0; i < items.size(); i++) {
        ValueExpr item = items.get(i);
        if (item instanceof ValueExpr.Constant constant && constant.value().equals(SEPARATOR)) {
          return;
        }
        if (!isAttached(item)) {
          String at = value instanceof ValueExpr.ListOf ? "[" + i + "]" : "";
          dash(reached(item, place), input, at, action);
        }
      }
    }

    private void dash(Optional<Reached> reached, Input input, String at, ActionDescription action) {
      report(
          reached,
          "`" + input.name() + at + "`",
          action,
          "text that cannot begin with `-`",
          "put `--` before it, or join it to its option as in `--name=${...}`");
    }

    /** What a record's description keeps for the runbook's own words, such as a kind. */
    private void fields(
        ActionDescription action, Type type, ValueExpr value, String what, Place place) {
      if (value instanceof ValueExpr.ListOf list && type.nonNull() instanceof ListType elements) {
        list.items().forEach(item -> fields(action, elements.element(), item, what, place));
      } else if (value instanceof ValueExpr.MapOf map
          && type.nonNull() instanceof RecordType record) {
        map.entries()
            .forEach(
                (name, entry) -> {
                  String field = what.substring(0, what.length() - 1) + "." + name + "`";
                  if (record.note(name).neverUntrusted()) {
                    trusted(reached(entry.value(), place), field, action);
                  }
                  record
                      .field(name)
                      .ifPresent(inner -> fields(action, inner, entry.value(), field, place));
                });
      }
    }

    private void report(
        Optional<Reached> reached,
        String what,
        ActionDescription action,
        String expected,
        String hint) {
      if (reached.isEmpty() || !reported.add(reached.get().span())) {
        return;
      }
      Span sink = reached.get().span();
      Diagnostic diagnostic =
          Diagnostic.of(
              DiagnosticCode.FLOW_TAINTED,
              findings.file(),
              sink,
              "expected "
                  + expected
                  + " for "
                  + what
                  + " of `"
                  + action.name()
                  + "`, found what comes from outside",
              hint);
      int number = 0;
      for (Trail.Hop hop : reached.get().trail().through(sink, "reaches " + what).hops()) {
        number++;
        diagnostic =
            diagnostic.withRelated(
                new Related(findings.file(), hop.span(), number + ". " + hop.text() + " here"));
      }
      findings.add(diagnostic);
    }

    /** The first untrusted part of a value. */
    private Optional<Reached> reached(ValueExpr value, Place place) {
      return switch (value) {
        case ValueExpr.Constant constant -> Optional.empty();
        case ValueExpr.Single single -> reached(single.expr(), place);
        case ValueExpr.Interpolated text ->
            text.template().parts().stream()
                .filter(Template.Hole.class::isInstance)
                .map(part -> reached(((Template.Hole) part).expr(), place))
                .flatMap(Optional::stream)
                .findFirst();
        case ValueExpr.ListOf list ->
            list.items().stream()
                .map(item -> reached(item, place))
                .flatMap(Optional::stream)
                .findFirst();
        case ValueExpr.MapOf map ->
            map.entries().values().stream()
                .map(entry -> reached(entry.value(), place))
                .flatMap(Optional::stream)
                .findFirst();
      };
    }

    /** The first element where elements are written one by one, else all of them. */
    private Optional<Reached> first(ValueExpr value, Place place) {
      if (value instanceof ValueExpr.ListOf list && !list.items().isEmpty()) {
        return reached(list.items().get(0), place);
      }
      return value instanceof ValueExpr.Single single
              && flow.elements(single.expr(), place).isPresent()
          ? element(single.expr(), 0, place)
          : reached(value, place);
    }

    private Optional<Reached> element(Expr expr, int index, Place place) {
      return flow.elements(expr, place)
          .filter(ways -> index < ways.size())
          .flatMap(ways -> ways.get(index))
          .map(trail -> new Reached(expr.children().get(index).span(), trail));
    }

    private Optional<Reached> reached(Expr expr, Place place) {
      return flow.of(expr, place).map(trail -> new Reached(expr.span(), trail));
    }
  }

  private static boolean isPattern(Type type) {
    return type instanceof ListType list ? isPattern(list.element()) : type == Scalar.REGEX;
  }

  /**
   * Whether an element begins with the runbook's own words, so that what follows cannot make
   * another option of it: a text without a leading dash, {@code --name=} or {@code -n}.
   */
  private static boolean isAttached(ValueExpr value) {
    if (!(value instanceof ValueExpr.Interpolated text)
        || !(text.template().parts().get(0) instanceof Template.Text own)) {
      return false;
    }
    String start = own.text();
    return !start.startsWith("-")
        || start.contains("=")
        || (start.length() > 1 && !start.startsWith("--"));
  }
}
