package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.action.InputPolicy;
import io.byteport.dsl.action.InputPolicy.Untrusted;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second wall around what an action is given, beside the check of the runbook: looks at the
 * values themselves, right before they are used, and at who has chosen them. What the runbook, its
 * parameters and the inventory say is not doubted.
 */
final class InputWall {
  private static final int LONGEST_SHOWN = 80;
  private static final Value SEPARATOR = Value.of("--");

  private final Expressions expressions;
  private final Map<String, ValueExpr> given;
  private final Map<String, Value> values;

  /**
   * @param given how the inputs are written; one that is missing has its action's own default
   * @param values what came of them
   */
  InputWall(Expressions expressions, Map<String, ValueExpr> given, Map<String, Value> values) {
    this.expressions = expressions;
    this.given = given;
    this.values = values;
  }

  /** Why the action must not get this, one sentence for each input; empty where it may. */
  List<String> refusals(ActionDescription action) {
    List<String> refusals = new ArrayList<>();
    for (Input input : action.inputs().values()) {
      ValueExpr written = given.get(input.name());
      Value value = values.get(input.name());
      if (written != null && value != null) {
        refusal(input, written, value).ifPresent(refusals::add);
      }
    }
    return refusals;
  }

  /**
   * One element of an input.
   *
   * @param option whether it begins with an option of the runbook's, with a value from elsewhere
   * @param literal whether it stands in the runbook as it is
   */
  private record Element(int index, Origin origin, boolean option, boolean literal, Value value) {}

  private Optional<String> refusal(Input input, ValueExpr written, Value value) {
    InputPolicy policy = input.policy();
    if (policy.equals(InputPolicy.ANY) && !isPattern(input.type())) {
      return Optional.empty();
    }
    String name = "`" + input.name() + "`";
    if (policy.literal() && !isConstant(written)) {
      return Optional.of(name + " must stand in the runbook as it is");
    }
    boolean never = policy.untrusted() == Untrusted.NEVER || policy.credentials();
    if ((never || isPattern(input.type())) && Origin.of(written, expressions) == Origin.OUTSIDE) {
      return Optional.of(name + " is " + shown(value) + ", which comes from outside");
    }
    List<Element> elements = elements(written, value);
    if (policy.untrusted() == Untrusted.NOT_FIRST
        && !elements.isEmpty()
        && elements.getFirst().origin() == Origin.OUTSIDE) {
      return Optional.of(
          "`"
              + input.name()
              + "[0]` is "
              + shown(elements.getFirst().value())
              + ", which comes from outside");
    }
    if (policy.noLeadingDash()) {
      Optional<String> option = option(input, elements, value instanceof ListValue);
      if (option.isPresent()) {
        return option;
      }
    }
    String roots = policy.within();
    return roots == null ? Optional.empty() : outside(input, elements, roots);
  }

  /** A list that is written element by element, else every element as the whole is written. */
  private List<Element> elements(ValueExpr written, Value value) {
    if (!(value instanceof ListValue list)) {
      return List.of(element(0, written, value));
    }
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      elements.add(element(i, list.items().size(), written, list.items().get(i)));
    }
    return elements;
  }

  private Element element(int index, int size, ValueExpr written, Value value) {
    if (written instanceof ValueExpr.ListOf each && each.items().size() == size) {
      return element(index, each.items().get(index), value);
    }
    if (written instanceof ValueExpr.Single single
        && expressions.typed(single.expr()) instanceof TypedExpr.ListOf each
        && each.items().size() == size) {
      TypedExpr item = each.items().get(index);
      boolean literal = item instanceof TypedExpr.Literal;
      return new Element(index, Origin.of(item, expressions), false, literal, value);
    }
    return element(index, written, value);
  }

  private Element element(int index, ValueExpr written, Value value) {
    boolean literal = written instanceof ValueExpr.Constant;
    return new Element(
        index, Origin.of(written, expressions), isOwnOption(written), literal, value);
  }

  private Optional<String> option(Input input, List<Element> elements, boolean list) {
    boolean program = input.policy().untrusted() == Untrusted.NOT_FIRST;
    for (Element element : elements) {
      if (element.literal() && element.value().equals(SEPARATOR)) {
        return Optional.empty();
      }
      boolean counts = !(program && element.index() == 0);
      if (counts
          && element.value() instanceof TextValue text
          && text.value().startsWith("-")
          && !mayBeOption(element, text.value())) {
        String place = input.name() + (list ? "[" + element.index() + "]" : "");
        return Optional.of(
            "`" + place + "` is " + shown(text) + ", which comes from outside and is an option");
      }
    }
    return Optional.empty();
  }

  private boolean mayBeOption(Element element, String text) {
    return element.option()
        || switch (element.origin()) {
          case OWN -> true;
          case UNSEEN -> standsInRunbook(text);
          case OUTSIDE -> false;
        };
  }

  private static boolean isOwnOption(ValueExpr written) {
    return written instanceof ValueExpr.Interpolated interpolated
        && interpolated.template().parts().getFirst() instanceof Template.Text own
        && own.text().startsWith("-")
        && (own.text().contains("=") || (own.text().length() > 1 && !own.text().startsWith("--")));
  }

  /** An option that came through an argument of a block still stands somewhere in the file. */
  private boolean standsInRunbook(String option) {
    String source = expressions.source();
    for (int at = source.indexOf(option); at >= 0; at = source.indexOf(option, at + 1)) {
      int end = at + option.length();
      if ((at == 0 || isBoundary(source.charAt(at - 1)))
          && (end == source.length() || isBoundary(source.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBoundary(char c) {
    return Character.isWhitespace(c) || "\"'[],{}()".indexOf(c) >= 0;
  }

  private Optional<String> outside(Input input, List<Element> elements, String roots) {
    List<String> allowed =
        switch (values.get(roots)) {
          case TextValue text -> List.of(text.value());
          case ListValue list ->
              list.items().stream()
                  .filter(TextValue.class::isInstance)
                  .map(item -> ((TextValue) item).value())
                  .toList();
          case null, default -> List.of();
        };
    for (Element element : elements) {
      if (element.value() instanceof TextValue path
          && element.origin() != Origin.OWN
          && allowed.stream().noneMatch(root -> liesIn(path.value(), root))) {
        return Optional.of(
            "`"
                + input.name()
                + "` is "
                + shown(path)
                + ", which lies outside of "
                + (allowed.isEmpty() ? "any place that is named" : String.join(", ", allowed)));
      }
    }
    return Optional.empty();
  }

  /** By the names alone; where links lead is the action's to look at. */
  private static boolean liesIn(String path, String root) {
    Optional<List<String>> below = names(path);
    Optional<List<String>> above = names(root);
    return below.isPresent()
        && above.isPresent()
        && below.get().size() >= above.get().size()
        && below.get().subList(0, above.get().size()).equals(above.get());
  }

  /** The names of an absolute path from its root on; empty where it is none, or leads above it. */
  private static Optional<List<String>> names(String path) {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (names.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return Optional.of(List.copyOf(names));
  }

  private static boolean isConstant(ValueExpr value) {
    return switch (value) {
      case ValueExpr.Constant constant -> true;
      case ValueExpr.Single single -> false;
      case ValueExpr.Interpolated text -> false;
      case ValueExpr.ListOf list -> list.items().stream().allMatch(InputWall::isConstant);
      case ValueExpr.MapOf map ->
          map.entries().values().stream().allMatch(entry -> isConstant(entry.value()));
    };
  }

  private static boolean isPattern(Type type) {
    return type instanceof ListType list ? isPattern(list.element()) : type == Scalar.REGEX;
  }

  private static String shown(Value value) {
    String text = value instanceof TextValue written ? written.value() : String.valueOf(value);
    int length = text.codePointCount(0, text.length());
    return "`"
        + (length <= LONGEST_SHOWN
            ? text
            : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "…")
        + "`";
  }
}
