package io.byteport.lsp.assist;

import io.byteport.dsl.edit.LanguageNames;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.expr.Fragment;
import io.byteport.dsl.expr.Function;
import io.byteport.dsl.expr.Functions;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Special;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is told of the words of expressions. */
final class ExpressionHovers {
  private final Sight sight;
  private final Place place;
  private final NameDocs docs;

  /**
   * What is told, and about which part of the text.
   *
   * @param markdown empty where there is nothing to tell
   */
  record Told(Optional<String> markdown, Span span) {}

  ExpressionHovers(Sight sight, NameDocs docs) {
    this.sight = sight;
    this.place = sight.place();
    this.docs = docs;
  }

  /** What is told of the word at the place. */
  Told at(Span part) {
    int[] points = place.content().codePoints().toArray();
    String text = new String(points, part.start(), part.end() - part.start());
    int at = place.at() - part.start();
    boolean element = at < part.length() && points[part.start() + at] == '$';
    int end = element ? at + 1 : at;
    while (end < part.length() && isWord(points[part.start() + end])) {
      end++;
    }
    Fragment fragment = Fragment.at(text, end);
    Span word = fragment.word();
    Span span = place.span(new Span(part.start() + word.start(), part.start() + word.end()));
    String name = fragment.typed();
    return new Told(
        switch (fragment.kind()) {
          case OPERAND, OPERATOR -> name.equals("$") ? element(fragment) : operand(name);
          case FIELD -> member(fragment, name);
          case KEY -> Optional.empty();
          case TEXT -> enumWord(fragment, name);
          case UNIT -> Hovers.quantity(name);
        },
        span);
  }

  private Optional<String> element(Fragment fragment) {
    return fragment
        .elementType(sight.scope())
        .map(
            type ->
                NameDocs.titled("$", type)
                    + "\n\n"
                    + LanguageNames.doc("$").orElse("")
                    + "\n\n"
                    + Wording.fields(type));
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private Optional<String> operand(String name) {
    Scope scope = sight.scope();
    Optional<String> function = function(name);
    Optional<Scope.Binding> binding = scope.find(name);
    if (binding.isEmpty()) {
      return function;
    }
    Type type = binding.get().type();
    return docs.fact(name)
        .or(
            () ->
                Optional.of(
                    NameDocs.titled(name, type)
                        + "\n\n"
                        + LanguageNames.doc(name).orElse("")
                        + "\n\n"
                        + Wording.fields(type)));
  }

  private static Optional<String> function(String name) {
    List<Function> overloads = Functions.named(name);
    return overloads.isEmpty()
        ? Optional.empty()
        : Optional.of(
            overloads.stream().map(Wording::function).collect(Collectors.joining("\n\n---\n\n")));
  }

  private Optional<String> member(Fragment fragment, String name) {
    Type receiver = fragment.receiverType(sight.scope()).orElse(Special.UNKNOWN).nonNull();
    if (!(receiver instanceof RecordType record)) {
      return Optional.empty();
    }
    return switch (record.name()) {
      case "params", "inputs" -> docs.typed(record.name(), name);
      case "before" -> docs.fact(name);
      case "steps" -> docs.step(name);
      default -> NameDocs.member(record, name);
    };
  }

  private Optional<String> enumWord(Fragment fragment, String word) {
    Fragment.Compared compared = fragment.compared();
    return compared != null && fragment.part(compared.operand()).equals("class")
        ? docs.origins().flatMap(found -> found.classOf(word))
        : fragment
            .comparedType(sight.scope())
            .map(type -> "`" + word + "`: " + Wording.type(type.nonNull()));
  }
}
