package io.byteport.cli;

import io.byteport.cli.story.Terms;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.run.Note.Verdict;
import io.byteport.engine.run.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The least that would have to be otherwise for a condition to come to another verdict.
 *
 * @param text what is to be otherwise, or how {@code parts} belong together
 * @param value what the leaf is now, or why it is not known; empty for a joint
 * @param wanted what it would have to be; empty for a joint
 * @param parts empty for a leaf
 */
record WhyNot(String text, String value, String wanted, List<WhyNot> parts) {
  private static final Set<String> OVER_LISTS = Set.of("any", "all");
  private static final Map<String, String> OPPOSITE =
      Map.of("==", "!=", "!=", "==", "<", ">=", ">=", "<", ">", "<=", "<=", ">");
  private static final Map<String, String> MIRRORED =
      Map.of("<", ">", ">", "<", "<=", ">=", ">=", "<=", "==", "==", "!=", "!=");
  private static final Map<String, String> WORDS =
      Map.of(
          "==",
          "",
          "!=",
          "anything but ",
          "<",
          "less than ",
          "<=",
          "at most ",
          ">",
          "more than ",
          ">=",
          "at least ");

  WhyNot {
    parts = List.copyOf(parts);
  }

  /**
   * What keeps a condition from a verdict.
   *
   * @param wanted true or false; the term has another verdict
   */
  static WhyNot of(Term term, boolean wanted) {
    return switch (term.kind()) {
      case ALL, ANY -> chain(term, wanted);
      case NOT -> of(term.parts().getFirst(), !wanted);
      case FACT -> fact(term, wanted);
      case COMPARISON -> comparison(term, wanted);
      case CALL, VALUE, LITERAL -> leaf(term, wanted);
    };
  }

  private static WhyNot chain(Term term, boolean wanted) {
    boolean every = (term.kind() == Term.Kind.ALL) == wanted;
    Verdict reached = wanted ? Verdict.TRUE : Verdict.FALSE;
    List<WhyNot> parts =
        term.parts().stream()
            .filter(part -> part.verdict() != reached)
            .map(part -> of(part, wanted))
            .toList();
    return parts.size() == 1
        ? parts.getFirst()
        : new WhyNot(every ? "all of these" : "one of these", "", "", parts);
  }

  private static WhyNot fact(Term term, boolean wanted) {
    if (term.parts().size() != 1 || term.parts().getFirst().verdict() == null) {
      return leaf(term, wanted);
    }
    WhyNot inside = of(term.parts().getFirst(), wanted);
    return inside.parts().isEmpty()
        ? inside
        : new WhyNot(term.text() + ", " + inside.text(), "", "", inside.parts());
  }

  private static WhyNot comparison(Term term, boolean wanted) {
    Term left = term.parts().getFirst();
    Term right = term.parts().getLast();
    boolean turned = left.kind() == Term.Kind.LITERAL;
    Term varies = turned ? right : left;
    Term other = turned ? left : right;
    String operator = term.operator() == null ? "" : term.operator();
    String bound =
        other.kind() == Term.Kind.LITERAL || other.value() == null
            ? other.text()
            : other.text() + ", which is " + Terms.value(other);
    return switch (operator) {
      case "in", "contains" -> membership(term, wanted);
      case "~=" ->
          new WhyNot(
              left.text(), now(left), (wanted ? "" : "not ") + "to match " + bound, List.of());
      default -> {
        String symbol = turned ? MIRRORED.getOrDefault(operator, operator) : operator;
        String needed = wanted ? symbol : OPPOSITE.getOrDefault(symbol, symbol);
        yield new WhyNot(
            varies.text(),
            now(varies),
            WORDS.getOrDefault(needed, needed + " ") + bound,
            List.of());
      }
    };
  }

  private static WhyNot membership(Term term, boolean wanted) {
    Term element = term.parts().getFirst();
    Term collection = term.parts().getLast();
    if (element.kind() == Term.Kind.LITERAL) {
      return new WhyNot(
          collection.text(),
          now(collection),
          (wanted ? "to contain " : "not to contain ") + element.text(),
          List.of());
    }
    return new WhyNot(
        element.text(),
        now(element),
        (wanted ? "one of " : "none of ") + collection.text(),
        List.of());
  }

  private static WhyNot leaf(Term term, boolean wanted) {
    String operator = term.operator();
    if (operator != null && OVER_LISTS.contains(operator) && !term.parts().isEmpty()) {
      Term list = term.parts().getFirst();
      String prefix = operator + "(" + list.text() + ", ";
      if (term.text().startsWith(prefix) && term.text().endsWith(")")) {
        String condition = term.text().substring(prefix.length(), term.text().length() - 1);
        boolean any = operator.equals("any");
        String elements =
            any
                ? (wanted ? "an element with " : "no element with ")
                : (wanted ? "nothing but elements with " : "an element without ");
        return new WhyNot(list.text(), now(list), elements + condition, List.of());
      }
    }
    return new WhyNot(term.text(), now(term), wanted ? "true" : "false", List.of());
  }

  private static String now(Term term) {
    return term.value() == null
        ? "not known (" + Causes.sentence(term.undecided()) + ")"
        : Terms.value(term);
  }

  void print(Lines lines, int indent) {
    if (parts.isEmpty()) {
      lines.entry(indent, "- ", null, text + " is " + value, "needed: " + wanted);
    } else {
      lines.text(indent, null, text + ":");
      parts.forEach(part -> part.print(lines, indent + 2));
    }
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", text);
    if (parts.isEmpty()) {
      json.put("value", value);
      json.put("needed", wanted);
    } else {
      List<Object> below = new ArrayList<>();
      parts.forEach(part -> below.add(part.json()));
      json.put("parts", below);
    }
    return json;
  }
}
