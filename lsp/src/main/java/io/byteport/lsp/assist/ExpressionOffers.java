package io.byteport.lsp.assist;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.edit.LanguageNames;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Fragment;
import io.byteport.dsl.expr.Function;
import io.byteport.dsl.expr.Functions;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value.TextValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.lsp4j.CompletionItemKind;
import org.jspecify.annotations.Nullable;

/** What may be written at a place of an expression. Used once, by one thread. */
final class ExpressionOffers {
  private final Sight sight;
  private final Offers offers;
  private final Fragment fragment;
  private final Scope scope;
  private final Span replaced;
  private final @Nullable Type expected;

  /**
   * @param part of the place's content that is the expression
   */
  ExpressionOffers(Sight sight, Offers offers, Span part) {
    this.sight = sight;
    this.offers = offers;
    String content = sight.place().content();
    int[] points = content.codePoints().toArray();
    String text = new String(points, part.start(), part.end() - part.start());
    this.fragment = Fragment.at(text, sight.place().at() - part.start());
    this.scope = sight.scope();
    this.replaced =
        sight
            .place()
            .span(
                new Span(
                    part.start() + fragment.word().start(), part.start() + fragment.word().end()));
    this.expected = expectedType();
  }

  private @Nullable Type expectedType() {
    Fragment.Compared compared = fragment.compared();
    if (compared != null) {
      Type other = fragment.comparedType(scope).orElse(Special.UNKNOWN).nonNull();
      return switch (compared.operator()) {
        case "in" -> other;
        case "contains" -> other instanceof ListType list ? list.element().nonNull() : other;
        default -> other;
      };
    }
    boolean whole = fragment.text().substring(0, start()).isBlank();
    return whole ? sight.expected().map(Type::nonNull).orElse(null) : null;
  }

  private int start() {
    return fragment.text().offsetByCodePoints(0, fragment.word().start());
  }

  void all() {
    switch (fragment.kind()) {
      case OPERAND -> operands();
      case FIELD -> fragment.receiverType(scope).ifPresent(this::fields);
      case KEY -> keys();
      case TEXT -> words(false);
      case UNIT -> units();
      case OPERATOR -> operators();
    }
  }

  private void add(Offer offer) {
    offers.add(
        offer.text().equals(offer.label()) && !offer.snippet()
            ? offer
            : offer.snippet()
                ? offer.snippet(Written.in(sight.place().style(), offer.text()))
                : offer.text(Written.in(sight.place().style(), offer.text())),
        replaced,
        sight.place().lead());
  }

  private void operands() {
    words(true);
    if (expected == Scalar.BOOLEAN && fragment.compared() != null) {
      add(Offer.of("true", CompletionItemKind.Constant).rank(Offer.EXPECTED));
      add(Offer.of("false", CompletionItemKind.Constant).rank(Offer.EXPECTED));
    }
    fragment
        .elementType(scope)
        .ifPresent(
            element ->
                add(
                    Offer.of("$", CompletionItemKind.Variable)
                        .detail(Wording.type(element))
                        .doc("Each element of the list in turn.\n\n" + Wording.fields(element))
                        .rank(Offer.EXPECTED)
                        .commits(".")));
    scope.bindings().forEach(this::root);
    sight.analysis().ifPresent(this::paths);
    functions();
    if (!isFull()) {
      for (String word : List.of("not", "true", "false", "null", "now")) {
        add(Offer.of(word, CompletionItemKind.Keyword).rank(Offer.LAST));
      }
    }
  }

  private boolean isFull() {
    return expected instanceof EnumType;
  }

  private void root(String name, Scope.Binding binding) {
    if (binding.kind() == RootKind.FACT
        && new Paths(sight.place().path()).starts("diagnose", name)) {
      return; // a fact cannot name itself
    }
    String doc = sight.analysis().flatMap(found -> new Origins(found).root(name)).orElse("");
    if (doc.isEmpty()) {
      doc = LanguageNames.doc(name).orElse("");
    }
    String fields = Wording.fields(binding.type());
    CompletionItemKind kind =
        switch (binding.kind()) {
          case FACT -> CompletionItemKind.Variable;
          case LANGUAGE -> CompletionItemKind.Module;
          case LOCAL -> CompletionItemKind.Value;
        };
    int rank =
        fits(binding.type())
            ? Offer.EXPECTED
            : binding.kind() == RootKind.LANGUAGE ? Offer.USUAL : Offer.NEAR;
    add(
        Offer.of(name, kind)
            .detail(Wording.type(binding.type()))
            .doc(doc + (fields.isEmpty() ? "" : "\n\n" + fields))
            .rank(rank)
            .commits(fields.isEmpty() ? "" : "."));
  }

  /** Parameters and inputs with their roots, since they are what is looked for most. */
  private void paths(RunbookAnalysis analysis) {
    Origins origins = new Origins(analysis);
    for (String root : List.of("params", "inputs")) {
      Type type = scope.find(root).map(Scope.Binding::type).orElse(Special.UNKNOWN);
      if (type instanceof RecordType names && scope.find(root).isPresent()) {
        names
            .fields()
            .forEach(
                (name, field) ->
                    add(
                        Offer.of(root + "." + name, CompletionItemKind.Property)
                            .detail(Wording.type(field))
                            .doc(
                                (root.equals("params") ? origins.param(name) : origins.input(name))
                                    .orElse(""))
                            .rank(fits(field) ? Offer.EXPECTED : Offer.FAR)));
      }
    }
  }

  private boolean fits(Type type) {
    return expected != null
        && expected != Special.UNKNOWN
        && !(expected == Scalar.BOOLEAN && fragment.compared() == null && type.mayBeNull())
        && type.nonNull().equals(expected);
  }

  private void functions() {
    for (String name : Functions.names()) {
      List<Function> overloads = Functions.named(name);
      Function first = overloads.getFirst();
      String more = overloads.size() > 1 ? " (+" + (overloads.size() - 1) + ")" : "";
      String doc = String.join("\n\n---\n\n", overloads.stream().map(Wording::function).toList());
      add(
          Offer.of(name, CompletionItemKind.Function)
              .detail(first.returns() + more)
              .doc(doc)
              .snippet(first.parameters().isEmpty() ? name + "()" : name + "($0)")
              .rank(Offer.FAR));
    }
  }

  private void fields(Type type) {
    switch (type.nonNull()) {
      case RecordType record ->
          record.fields().forEach((name, field) -> field(record, name, field));
      case MapType map -> labels().forEach(label -> entry(label, map.value()));
      default -> {}
    }
  }

  private void field(RecordType record, String name, Type type) {
    String fields = Wording.fields(type);
    add(
        Offer.of(name, CompletionItemKind.Field)
            .detail(Wording.type(type))
            .doc(fieldDoc(record, name) + (fields.isEmpty() ? "" : "\n\n" + fields))
            .rank(type.nonNull() == Scalar.BOOLEAN && expected == Scalar.BOOLEAN ? 1 : Offer.NEAR)
            .deprecated(record.note(name).deprecated() != null)
            .commits(fields.isEmpty() ? "" : "."));
  }

  private String fieldDoc(RecordType record, String name) {
    Optional<Origins> origins = sight.analysis().map(Origins::new);
    Optional<String> doc =
        switch (record.name()) {
          case "params" -> origins.flatMap(found -> found.param(name));
          case "inputs" -> origins.flatMap(found -> found.input(name));
          case "steps" -> origins.flatMap(found -> found.step(name));
          case "before" -> origins.flatMap(found -> found.fact(name));
          default -> Optional.empty();
        };
    return doc.orElse("Of `" + record.name() + "`");
  }

  /** A map has entries rather than fields. */
  private void entry(String label, Type type) {
    Span dot = new Span(Math.max(0, replaced.start() - 1), replaced.end());
    Offer offer =
        Offer.of("[\"" + label + "\"]", CompletionItemKind.Field)
            .detail(Wording.type(type))
            .text(Written.in(sight.place().style(), "[\"" + label + "\"]"));
    offers.add(offer, dot, "", "." + label);
  }

  private void keys() {
    Type type = fragment.receiverType(scope).orElse(Special.UNKNOWN).nonNull();
    if (type instanceof MapType || type == Special.UNKNOWN || type == Special.ANY) {
      for (String label : labels()) {
        add(Offer.of(label, CompletionItemKind.Field).detail("label").rank(Offer.EXPECTED));
      }
    } else if (type instanceof RecordType record) {
      record
          .fields()
          .forEach(
              (name, field) ->
                  add(Offer.of(name, CompletionItemKind.Field).detail(Wording.type(field))));
    }
  }

  /** The keys that signals and inventory entries are known to have: those named anywhere. */
  private List<String> labels() {
    TreeSet<String> labels = new TreeSet<>();
    sight
        .analysis()
        .ifPresent(
            found -> {
              found
                  .runbook()
                  .inputs()
                  .forEach(
                      (name, input) ->
                          labels.addAll(input.from().isEmpty() ? List.of(name) : input.from()));
              for (TypedExpr expr : found.typing().all()) {
                collect(expr.syntax(), labels);
              }
            });
    sight.names().runbooks().values().stream()
        .filter(outline -> sight.analysis().isEmpty())
        .forEach(outline -> labels.addAll(outline.names().getOrDefault("inputs", List.of())));
    labels.remove("");
    return List.copyOf(labels);
  }

  private static void collect(Expr expr, TreeSet<String> labels) {
    if (expr instanceof Expr.Index index
        && index.key() instanceof Expr.Literal literal
        && literal.value() instanceof TextValue text
        && index.target() instanceof Expr.Field field
        && field.name().equals("labels")) {
      labels.add(text.value());
    }
    expr.children().forEach(child -> collect(child, labels));
  }

  /** The words that are expected, with quotes or between them. */
  private void words(boolean quoted) {
    if (expected instanceof EnumType words) {
      for (String word : words.words()) {
        Offer offer = Offer.of(word, CompletionItemKind.EnumMember).rank(Offer.EXPECTED);
        offers.add(
            offer
                .doc(wordDoc(word))
                .text(Written.in(sight.place().style(), quoted ? Written.literal(word) : word)),
            replaced,
            sight.place().lead());
      }
    }
  }

  private String wordDoc(String word) {
    Fragment.Compared compared = fragment.compared();
    return compared != null && fragment.part(compared.operand()).equals("class")
        ? sight.analysis().flatMap(found -> new Origins(found).classOf(word)).orElse("")
        : "";
  }

  private void units() {
    String digits = digits(fragment.typed());
    Map<String, String> units = Units.of(expected);
    units.forEach(
        (unit, meaning) ->
            add(
                Offer.of(digits + unit, CompletionItemKind.Unit)
                    .detail(meaning)
                    .rank(expected instanceof Scalar ? Offer.EXPECTED : Offer.USUAL)));
  }

  private static String digits(String typed) {
    return typed.replaceFirst("[^0-9.].*$", "");
  }

  private void operators() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("and", "both hold");
    words.put("or", "one of them holds");
    words.put("in", "is one of a list, a key of a map or a part of a text");
    words.put("contains", "has an element, a key or a part");
    words.put("==", "is the same");
    words.put("!=", "is not the same");
    words.put(">=", "is at least");
    words.put("<=", "is at most");
    words.put(">", "is more than");
    words.put("<", "is less than");
    words.put("~=", "matches a pattern");
    words.forEach(
        (word, meaning) ->
            add(Offer.of(word, CompletionItemKind.Operator).detail(meaning).text(word + " ")));
  }
}
