package io.byteport.lsp.assist;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.action.Vocabulary;
import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.TypeNotation;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItemKind;

/** What may stand as a value that is no expression. Used once, by one thread. */
final class ValueOffers {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
  private static final int MOST_CONTENT = 200;

  private final Sight sight;
  private final Offers offers;
  private final Place place;
  private final Shape shape;
  private final Paths path;

  ValueOffers(Sight sight, Offers offers, Shape shape) {
    this.sight = sight;
    this.offers = offers;
    this.place = sight.place();
    this.shape = shape;
    this.path = new Paths(place.path());
  }

  void all() {
    if (place.content().length() > MOST_CONTENT || place.content().contains("\n")) {
      return;
    }
    if (path.is("kind")) {
      kinds();
      return;
    }
    for (String word : shape.words()) {
      word(word, "");
    }
    if (shape.takesBoolean()) {
      booleans();
    }
    if (sight.isTest()) {
      new TestValues(this, sight).all();
    } else if (sight.kind() == FileKind.AGENT || sight.kind() == FileKind.CONNECTIONS) {
      new AgentValues(this, sight).all();
    } else {
      runbook();
    }
    if (shape.words().isEmpty() && !shape.takesBoolean()) {
      typed();
    }
    boolean texts = sight.isRunbook() || shape.follows("text");
    if (texts && Completions.isTemplate(shape) && !(place.bare() && shape.takesMap())) {
      interpolation();
    }
  }

  void add(Offer offer) {
    Span replaced = place.contentSpan();
    offers.add(
        offer.snippet() ? offer : offer.text(Written.in(place.style(), offer.text())),
        replaced,
        place.lead());
  }

  void word(String word, String doc) {
    add(Offer.of(word, CompletionItemKind.EnumMember).doc(doc).rank(Offer.EXPECTED));
  }

  void reference(String name, String detail, String doc) {
    add(Offer.of(name, CompletionItemKind.Reference).detail(detail).doc(doc).rank(Offer.EXPECTED));
  }

  void booleans() {
    add(Offer.of("true", CompletionItemKind.Constant).rank(Offer.EXPECTED));
    add(Offer.of("false", CompletionItemKind.Constant).rank(Offer.EXPECTED));
  }

  private void kinds() {
    for (DocumentKind kind : DocumentKind.values()) {
      word(kind.word(), "");
    }
    word("Agent", "");
  }

  private void interpolation() {
    if (place.typed().endsWith("$") || place.content().isEmpty()) {
      int at = place.offset() - (place.typed().endsWith("$") ? 1 : 0);
      boolean quotes = place.content().isEmpty() && place.style().name().equals("PLAIN");
      offers.add(
          Offer.of("${}", CompletionItemKind.Snippet)
              .detail("a value of the run")
              .snippet(quotes && isFlow() ? "\"\\${$0}\"" : "\\${$0}")
              .rank(Offer.FAR),
          new Span(at, place.offset()),
          place.lead());
    }
  }

  private boolean isFlow() {
    return !place.steps().isEmpty()
        && place.steps().getLast().container() instanceof YamlMapping map
        && map.flow();
  }

  /** What the type of the value says. */
  private void typed() {
    Optional<Type> expected = new Typed(sight).expected().map(Type::nonNull);
    boolean duration = shape.title().orElse("").startsWith("a duration");
    Type type = expected.orElse(duration ? Scalar.DURATION : Type.Special.UNKNOWN);
    switch (type) {
      case EnumType words -> words.words().forEach(word -> word(word, ""));
      case RecordType record when record.isInventory() -> connections(record.name());
      case Scalar scalar when scalar == Scalar.BOOLEAN -> booleans();
      case Scalar scalar
          when scalar == Scalar.DURATION || scalar == Scalar.SIZE || scalar == Scalar.PERCENT ->
          quantities(scalar);
      default -> {}
    }
  }

  void quantities(Scalar scalar) {
    String typed = place.typed();
    Matcher number = NUMBER.matcher(typed);
    String digits = number.lookingAt() ? number.group() : "";
    if (!digits.isEmpty()) {
      Units.of(scalar)
          .forEach(
              (unit, meaning) ->
                  add(
                      Offer.of(digits + unit, CompletionItemKind.Unit)
                          .detail(meaning)
                          .rank(Offer.EXPECTED)));
      return;
    }
    List<String> usual =
        switch (scalar) {
          case DURATION -> List.of("15s", "30s", "1m", "5m", "15m", "1h", "24h");
          case SIZE -> List.of("64Mi", "256Mi", "1Gi");
          default -> List.of("50%", "80%", "90%");
        };
    usual.forEach(one -> add(Offer.of(one, CompletionItemKind.Value).detail(scalar.toString())));
  }

  private void connections(String kind) {
    for (SourceFile file : sight.view().texts().files()) {
      FileKind held = FileKind.of(file);
      if (held == FileKind.AGENT || held == FileKind.CONNECTIONS) {
        sight
            .view()
            .texts()
            .outline(file)
            .names()
            .getOrDefault("connections", List.of())
            .forEach(name -> reference(name, kind, ""));
      }
    }
  }

  private void runbook() {
    if (path.ends("uses")) {
      boolean fact = path.starts("diagnose") || path.last("read") >= 0;
      actions(action -> !fact || action.effect() == Effect.READ);
    } else if (path.ends("propose")) {
      actions(action -> action.effect() != Effect.READ);
    } else if (path.ends("watch") && path.starts("detectors")) {
      actions(action -> action.watch() != null);
    } else if (path.ends("guards", "[]")) {
      guards();
    } else if (path.ends("handOff", "signal")) {
      signals();
    } else if (path.ends("call")) {
      found(
          (analysis, origins) ->
              analysis
                  .runbook()
                  .blocks()
                  .keySet()
                  .forEach(id -> reference(id, "block", origins.block(id).orElse(""))));
    } else if (path.ends("refresh", "[]")) {
      found(this::facts);
    } else if (path.ends("rules", "[]", "class")) {
      found(
          (analysis, origins) ->
              analysis
                  .runbook()
                  .remediate()
                  .keySet()
                  .forEach(id -> reference(id, "class", origins.classOf(id).orElse(""))));
    } else if (path.ends("include", "[]") || path.ends("include") || path.ends("library")) {
      libraries();
    } else if (path.ends("except", "[]")) {
      sight
          .owner("except")
          .flatMap(step -> step.sibling("library"))
          .flatMap(id -> Optional.ofNullable(sight.names().libraries().get(id)))
          .ifPresent(
              outline ->
                  outline
                      .names()
                      .values()
                      .forEach(names -> names.forEach(n -> reference(n, "", ""))));
    } else if (path.ends("supersedes", "[]")) {
      runbooks();
    } else if (path.is("target", "type")) {
      sight
          .view()
          .catalogue()
          .targets()
          .forEach((name, type) -> reference(name, "", Wording.fields(type)));
    } else if (shape.follows("typeName")) {
      types();
    } else if (path.ends("resources", "[]")) {
      vocabulary().resources().forEach(name -> reference(name, "resource", ""));
    } else if (path.ends("verbs", "[]")) {
      verbs();
    } else if (path.ends("sources", "[]")) {
      sight.view().catalogue().sources().forEach((name, type) -> reference(name, "source", ""));
    }
  }

  interface Naming {
    void name(RunbookAnalysis analysis, Origins origins);
  }

  void found(Naming naming) {
    sight.analysis().ifPresent(analysis -> naming.name(analysis, new Origins(analysis)));
  }

  void facts(RunbookAnalysis analysis, Origins origins) {
    analysis
        .typing()
        .facts()
        .forEach(
            (name, type) -> reference(name, Wording.type(type), origins.fact(name).orElse("")));
  }

  void actions(Predicate<ActionDescription> wanted) {
    boolean hasWith =
        !place.steps().isEmpty()
            && place.steps().getLast().container() instanceof YamlMapping map
            && map.get("with").isPresent();
    for (ActionDescription action : sight.actions()) {
      if (wanted.test(action)) {
        Offer offer =
            Offer.of(action.name(), CompletionItemKind.Function)
                .detail(Wording.effect(action))
                .doc(Wording.action(action))
                .rank(Offer.EXPECTED)
                .deprecated(action.deprecated() != null);
        add(hasWith || isFlow() ? offer : withInputs(action, offer));
      }
    }
  }

  /** The action with the inputs that it must be given. */
  private Offer withInputs(ActionDescription action, Offer offer) {
    List<String> required =
        action.inputs().values().stream().filter(Input::required).map(Input::name).toList();
    if (required.isEmpty() || !place.style().name().equals("PLAIN") || !restIsEmpty()) {
      return offer;
    }
    String column = "\n" + " ".repeat(keyShift());
    StringBuilder snippet = new StringBuilder(Written.inSnippet(action.name()));
    snippet.append(column).append("with:");
    int stop = 1;
    for (String input : required) {
      snippet.append(column).append("  ").append(input).append(": $").append(stop++);
    }
    return offer.snippet(snippet.toString());
  }

  private boolean restIsEmpty() {
    Span line = place.text().lineSpan(place.text().position(place.offset()).line());
    int end = Math.min(line.end(), Math.max(place.contentSpan().end(), place.offset()));
    return place.text().text(new Span(end, line.end())).isBlank();
  }

  /** How far the key of the value is from the first character of its line. */
  private int keyShift() {
    Span line = place.text().lineSpan(place.text().position(place.offset()).line());
    String written = place.text().text(line);
    Matcher dashes = Pattern.compile("\\s*((?:- +)*)").matcher(written);
    return dashes.lookingAt() ? dashes.group(1).length() : 0;
  }

  private void guards() {
    found(
        (analysis, origins) -> {
          analysis
              .steps()
              .forEach(
                  (id, step) -> {
                    if (step.head().given()) {
                      reference(id, "step", origins.step(id).orElse(""));
                    }
                  });
          analysis
              .runbook()
              .remediate()
              .keySet()
              .forEach(id -> reference(id, "class", origins.classOf(id).orElse("")));
        });
    for (ActionDescription action : sight.actions()) {
      add(
          Offer.of(action.name(), CompletionItemKind.Function)
              .detail(Wording.effect(action))
              .doc(Wording.action(action))
              .rank(action.effect() == Effect.CHANGE ? Offer.NEAR : Offer.LAST));
    }
  }

  void signals() {
    sight
        .names()
        .runbooks()
        .forEach(
            (id, outline) ->
                outline.signals().forEach((name, doc) -> reference(name, outline.title(), doc)));
  }

  private void libraries() {
    Set<String> known = new LinkedHashSet<>(sight.view().texts().libraries(sight.view().text()));
    known.addAll(sight.names().libraries().keySet());
    known.forEach(id -> reference(id, "library", ""));
  }

  void runbooks() {
    sight.names().runbooks().forEach((id, outline) -> reference(id, outline.title(), ""));
  }

  private void types() {
    List<String> names = new ArrayList<>(TypeNotation.words());
    for (String name : names) {
      boolean around = name.equals("list") || name.equals("map");
      Offer offer = Offer.of(name, CompletionItemKind.TypeParameter).rank(Offer.EXPECTED);
      add(around ? offer.snippet(name + "<$0>") : offer);
    }
    sight
        .view()
        .catalogue()
        .inventory()
        .keySet()
        .forEach(name -> add(Offer.of(name, CompletionItemKind.Class).rank(Offer.NEAR)));
    sight
        .view()
        .catalogue()
        .types()
        .forEach(
            (name, type) ->
                add(
                    Offer.of(name, CompletionItemKind.Class)
                        .doc(Wording.fields(type))
                        .rank(Offer.FAR)));
  }

  private Vocabulary vocabulary() {
    return sight.view().catalogue().vocabulary();
  }

  private void verbs() {
    Set<String> verbs = new TreeSet<>(Vocabulary.API_VERBS);
    sight
        .owner("verbs")
        .map(Place.Step::container)
        .filter(YamlMapping.class::isInstance)
        .flatMap(map -> ((YamlMapping) map).get("resources"))
        .ifPresent(
            resources -> {
              if (resources instanceof YamlSequence list) {
                for (YamlNode item : list.items()) {
                  if (item instanceof YamlScalar scalar) {
                    verbs.addAll(vocabulary().verbs(scalar.text()));
                  }
                }
              }
            });
    verbs.forEach(verb -> reference(verb, "verb", ""));
  }
}
