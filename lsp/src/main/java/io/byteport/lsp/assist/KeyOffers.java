package io.byteport.lsp.assist;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.schema.ShapeField;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.CompletionItemKind;
import org.jspecify.annotations.Nullable;

/** The keys that a map may have beside those that it has. Used once, by one thread. */
final class KeyOffers {
  private final Sight sight;
  private final Offers offers;
  private final Place place;
  private final Paths path;
  private final Set<String> present;
  private final boolean flow;

  KeyOffers(Sight sight, Offers offers) {
    this.sight = sight;
    this.offers = offers;
    this.place = sight.place();
    this.path = new Paths(place.path());
    this.present = place.present();
    this.flow =
        !place.steps().isEmpty()
            && place.steps().getLast().container() instanceof YamlMapping map
            && map.flow();
  }

  void all() {
    Shape shape = sight.shape();
    if (sight.isTest()) {
      test();
    } else if (sight.kind() == FileKind.AGENT || sight.kind() == FileKind.CONNECTIONS) {
      agent();
    } else {
      runbook();
    }
    fields(shape);
  }

  private void fields(Shape shape) {
    Set<String> has = new LinkedHashSet<>(present);
    for (ShapeField field : shape.fields(has)) {
      if (!present.contains(field.name())) {
        Shape inside = shape.field(field.name());
        int rank =
            switch (field.rank()) {
              case REQUIRED -> Offer.EXPECTED;
              case ONE_OF -> Offer.NEAR;
              case OPTIONAL -> Offer.USUAL;
            };
        String title = inside.title().orElse("");
        add(
            Offer.of(field.name(), CompletionItemKind.Property)
                .detail(field.rank() == ShapeField.Rank.REQUIRED ? "required" : "")
                .doc(doc(field.doc(), title, inside.words()))
                .rank(rank)
                .deprecated(field.deprecated()),
            form(inside));
      }
    }
  }

  private static String doc(@Nullable String doc, String title, List<String> words) {
    String first = doc == null ? "" : doc;
    String second = words.isEmpty() ? title : "One of `" + String.join("`, `", words) + "`";
    return first.isEmpty() || second.isEmpty() ? first + second : first + "\n\n" + second;
  }

  /** How the value of a key is begun. */
  private enum Form {
    SCALAR,
    MAP,
    LIST
  }

  private static Form form(Shape shape) {
    if (shape.takesScalar()) {
      return Form.SCALAR;
    }
    return shape.takesMap() ? Form.MAP : shape.takesList() ? Form.LIST : Form.SCALAR;
  }

  private static Form form(Type type) {
    return switch (type.nonNull()) {
      case RecordType record when !record.isInventory() -> Form.MAP;
      case MapType map -> Form.MAP;
      case ListType list -> Form.LIST;
      default -> Form.SCALAR;
    };
  }

  private void add(Offer offer, Form form) {
    if (present.contains(offer.label())) {
      return;
    }
    Span replaced = place.contentSpan();
    if (place.colon()) {
      offers.add(offer, replaced, place.lead());
      return;
    }
    String key = Written.inSnippet(offer.label()) + ":";
    String inner = "\n" + " ".repeat(place.shift() + 2);
    offers.add(
        offer.snippet(
            flow
                ? key + " $0"
                : switch (form) {
                  case SCALAR -> key + " $0";
                  case MAP -> key + inner + "$0";
                  case LIST -> key + inner + "- $0";
                }),
        replaced,
        place.lead());
  }

  private void name(String name, String doc, Form form) {
    add(Offer.of(name, CompletionItemKind.Reference).doc(doc).rank(Offer.EXPECTED), form);
  }

  private void inputs(ActionDescription action) {
    for (Input input : action.inputs().values()) {
      String doc = input.doc() == null ? "" : input.doc();
      add(
          Offer.of(input.name(), CompletionItemKind.Field)
              .detail(Wording.input(input))
              .doc(doc + (doc.isEmpty() ? "" : "\n\n") + Wording.fields(input.type()))
              .rank(input.required() ? Offer.EXPECTED : Offer.NEAR)
              .deprecated(input.deprecated() != null),
          input.type().nonNull() instanceof RecordType ? Form.SCALAR : form(input.type()));
    }
  }

  private void record(Type type) {
    if (type instanceof RecordType record) {
      record
          .fields()
          .forEach(
              (name, field) ->
                  add(
                      Offer.of(name, CompletionItemKind.Field)
                          .detail(Wording.type(field))
                          .doc("Of `" + record.name() + "`")
                          .rank(record.requires(name) ? Offer.EXPECTED : Offer.NEAR),
                      form(field)));
    }
  }

  private void runbook() {
    Typed typed = new Typed(sight);
    if (path.ends("handOff", "with")) {
      sight
          .owner("with")
          .flatMap(step -> step.sibling("signal"))
          .flatMap(signal -> sight.names().hearing(signal))
          .ifPresent(
              outline ->
                  outline
                      .names()
                      .getOrDefault("inputs", List.of())
                      .forEach(name -> name(name, "Of " + outline.title(), Form.SCALAR)));
    } else if (path.ends("with")) {
      typed.action().ifPresent(this::inputs);
      typed
          .block()
          .ifPresent(
              block ->
                  block.args().forEach((name, arg) -> name(name, Origins.param(arg), Form.SCALAR)));
    } else if (path.is("target")) {
      place
          .steps()
          .getLast()
          .sibling("type")
          .flatMap(type -> Optional.ofNullable(sight.view().catalogue().targets().get(type)))
          .ifPresent(this::record);
    } else if (path.is("defaults")) {
      families().forEach(family -> name(family, "Inputs of all of its actions.", Form.MAP));
    } else if (path.is("defaults", "*")) {
      sight.actions().stream()
          .filter(action -> action.family().equals(path.back(0)))
          .forEach(this::inputs);
    } else if (path.is("remediate")) {
      classes(Form.MAP);
    } else if (path.is("escalate", "commands")) {
      classes(Form.LIST);
    } else if (path.ends("cases")) {
      cases();
    } else if (sight.shape().takesAnyKey() && path.keys().size() > 2) {
      typed.expected().ifPresent(this::record);
    }
  }

  private Set<String> families() {
    Set<String> families = new LinkedHashSet<>();
    sight.actions().forEach(action -> families.add(action.family()));
    return families;
  }

  private void classes(Form form) {
    sight
        .analysis()
        .ifPresent(
            found -> {
              Set<String> classes = new LinkedHashSet<>();
              found
                  .runbook()
                  .classify()
                  .rules()
                  .forEach(rule -> classes.add(rule.classId().name()));
              classes.add("unknown");
              for (String one : classes) {
                name(one, new Origins(found).classOf(one).orElse(""), form);
              }
            });
  }

  /** The words of what a step matches. */
  private void cases() {
    Optional<RunbookAnalysis> found = sight.analysis();
    String written = sight.owner("cases").flatMap(step -> step.sibling("match")).orElse("");
    found.stream()
        .flatMap(one -> one.steps().values().stream())
        .filter(Step.Match.class::isInstance)
        .map(Step.Match.class::cast)
        .flatMap(match -> found.orElseThrow().typing().find(match.subject()).stream())
        .filter(subject -> text(found.orElseThrow(), subject).equals(written))
        .map(TypedExpr::type)
        .filter(type -> type.nonNull() instanceof EnumType)
        .findFirst()
        .ifPresent(
            type -> ((EnumType) type.nonNull()).words().forEach(word -> name(word, "", Form.LIST)));
  }

  private static String text(RunbookAnalysis analysis, TypedExpr expr) {
    return analysis.sources().whole().text(expr.syntax().span());
  }

  private void test() {
    Optional<RunbookAnalysis> found = sight.analysis();
    if (found.isEmpty()) {
      return;
    }
    RunbookAnalysis analysis = found.get();
    Origins origins = new Origins(analysis);
    Runbook runbook = analysis.runbook();
    boolean expect = path.last("expect") >= 0;
    if (path.ends("facts") || path.ends("steps", "*", "then")) {
      analysis
          .typing()
          .facts()
          .forEach(
              (name, type) ->
                  add(
                      Offer.of(name, CompletionItemKind.Variable)
                          .detail(Wording.type(type))
                          .doc(origins.fact(name).orElse("") + "\n\n" + Wording.fields(type))
                          .rank(Offer.EXPECTED),
                      form(type)));
    } else if (path.ends("inputs")) {
      runbook.inputs().keySet().forEach(name -> typed(analysis, "inputs", name));
    } else if (path.ends("params")) {
      runbook.params().keySet().forEach(name -> typed(analysis, "params", name));
    } else if (path.ends("labels")) {
      runbook.inputs().values().stream()
          .flatMap(
              input ->
                  input.from().isEmpty()
                      ? List.of(input.id().name()).stream()
                      : input.from().stream())
          .distinct()
          .forEach(label -> name(label, "A label of the signal.", Form.SCALAR));
    } else if (path.ends("steps") || (expect && (path.ends("took") || path.ends("with")))) {
      analysis.steps().forEach((id, step) -> step(id, step, origins));
    } else if (expect && path.ends("with", "*")) {
      new Typed(sight).used(path.back(0)).ifPresent(this::inputs);
    } else if (expect && path.ends("rules")) {
      runbook.classify().rules().stream()
          .map(rule -> rule.classId().name())
          .distinct()
          .forEach(one -> name(one, origins.classOf(one).orElse(""), Form.SCALAR));
    } else if (expect && path.ends("guardrails")) {
      runbook.guardrails().keySet().forEach(id -> name(id, "A guardrail.", Form.SCALAR));
    } else if (expect && path.ends("expectations")) {
      Runbook.Verify verify = runbook.verify();
      if (verify != null) {
        verify.expect().keySet().forEach(id -> name(id, "An expectation.", Form.SCALAR));
      }
    } else if (expect && path.ends("postmortem")) {
      runbook.postmortem().keySet().forEach(id -> name(id, "", Form.SCALAR));
    } else {
      new Typed(sight).expected().ifPresent(this::record);
    }
  }

  private void typed(RunbookAnalysis analysis, String section, String name) {
    Origins origins = new Origins(analysis);
    Type type = origins.type(section, name).orElse(Type.Special.UNKNOWN);
    add(
        Offer.of(name, CompletionItemKind.Variable)
            .detail(Wording.type(type))
            .doc((section.equals("params") ? origins.param(name) : origins.input(name)).orElse(""))
            .rank(Offer.EXPECTED),
        form(type));
  }

  private void step(String id, Step step, Origins origins) {
    if (step.head().given()) {
      name(id, origins.step(id).orElse(""), Form.MAP);
    }
  }

  private void agent() {
    EntrySection section = section();
    if (section != null && path.keys().size() == 2) {
      type(section).ifPresent(this::settings);
    } else if (section != null && path.keys().size() == 3 && path.ends("credentials")) {
      place.steps().stream()
          .skip(2)
          .findFirst()
          .flatMap(step -> step.sibling("type"))
          .flatMap(type -> Optional.ofNullable(sight.view().catalogue().types(section).get(type)))
          .ifPresent(this::credentials);
    } else if (path.is("runbooks", "configure")) {
      sight.names().runbooks().forEach((id, outline) -> name(id, outline.title(), Form.MAP));
    } else if (path.is("runbooks", "configure", "*", "params")) {
      params(path.back(1));
    }
  }

  private @Nullable EntrySection section() {
    for (EntrySection section : EntrySection.values()) {
      if (path.starts(section.key())) {
        return section;
      }
    }
    return null;
  }

  private Optional<ConnectionType> type(EntrySection section) {
    return place
        .steps()
        .getLast()
        .sibling("type")
        .flatMap(type -> Optional.ofNullable(sight.view().catalogue().types(section).get(type)));
  }

  private void settings(ConnectionType type) {
    for (ConnectionType.Setting setting : type.settings().values()) {
      add(
          Offer.of(setting.name(), CompletionItemKind.Field)
              .detail(Wording.type(setting.type()) + (setting.required() ? ", required" : ""))
              .doc(setting.doc() == null ? "" : setting.doc())
              .rank(setting.required() ? Offer.EXPECTED : Offer.NEAR),
          form(setting.type()));
    }
  }

  private void credentials(ConnectionType type) {
    for (ConnectionType.Credential credential : type.credentials().values()) {
      add(
          Offer.of(credential.name(), CompletionItemKind.Field)
              .detail(
                  (credential.plain() ? "may be written out" : "a reference to a secret")
                      + (credential.required() ? ", required" : ""))
              .doc(credential.doc() == null ? "" : credential.doc())
              .rank(credential.required() ? Offer.EXPECTED : Offer.NEAR),
          credential.plain() ? Form.SCALAR : Form.MAP);
    }
  }

  private void params(String runbook) {
    sight
        .names()
        .runbook(runbook)
        .flatMap(sight.view().texts()::mended)
        .ifPresent(
            analysis ->
                analysis
                    .runbook()
                    .params()
                    .keySet()
                    .forEach(name -> typed(analysis, "params", name)));
  }
}
