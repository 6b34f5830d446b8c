package io.byteport.lsp.assist;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.DiagnosticPage;
import io.byteport.dsl.edit.Cursor;
import io.byteport.dsl.edit.LanguageNames;
import io.byteport.dsl.edit.Outline;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.expr.Fragment;
import io.byteport.dsl.expr.Function;
import io.byteport.dsl.expr.Functions;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.schema.ShapeField;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.lsp.View;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;

/** What there is to know about what stands at a place. */
public final class Hovers {
  private static final Pattern CODE = Pattern.compile("BP-[A-Z]+-[0-9]{3}");

  private final Sight sight;
  private final Place place;
  private final Paths path;

  private Hovers(Sight sight) {
    this.sight = sight;
    this.place = sight.place();
    this.path = new Paths(place.path());
  }

  /** What is told, and about which part of the text; empty where there is nothing to tell. */
  public static Optional<Hover> at(View view, int offset) {
    Place place = Cursor.at(view.text(), offset);
    Hovers hovers = new Hovers(new Sight(view, place, true));
    return switch (place.role()) {
      case KEY -> hovers.key();
      case VALUE -> hovers.value();
      case COMMENT -> hovers.code();
      case NOTHING -> Optional.empty();
    };
  }

  private Hover hover(String markdown, Span span) {
    return new Hover(
        new MarkupContent(MarkupKind.MARKDOWN, markdown.strip()), sight.view().range(span));
  }

  private Optional<Hover> told(Optional<String> markdown, Span span) {
    return markdown.filter(words -> !words.isBlank()).map(words -> hover(words, span));
  }

  private Optional<Hover> code() {
    Matcher code = CODE.matcher(place.content());
    while (code.find()) {
      if (code.start() <= place.typed().length() && place.typed().length() <= code.end()) {
        Span span =
            place.span(
                new Span(
                    place.content().codePointCount(0, code.start()),
                    place.content().codePointCount(0, code.end())));
        return told(
            DiagnosticCode.ofId(code.group())
                .map(
                    one ->
                        "**"
                            + one.id()
                            + "** "
                            + one.title()
                            + "\n\n"
                            + DiagnosticPage.of(one).body()),
            span);
      }
    }
    return Optional.empty();
  }

  private Optional<Hover> key() {
    String key = place.content();
    Optional<String> named = named(key);
    return told(named.or(() -> field(key)), place.contentSpan());
  }

  private Optional<String> field(String key) {
    Shape shape = sight.shape();
    return shape.fields(Set.of(key)).stream()
        .filter(field -> field.name().equals(key))
        .findFirst()
        .map(field -> schema(field, shape.field(key)));
  }

  private static String schema(ShapeField field, Shape inside) {
    String doc = field.doc() == null ? "" : "\n\n" + field.doc();
    String words =
        inside.words().isEmpty() ? "" : "\n\nOne of `" + String.join("`, `", inside.words()) + "`";
    String title = inside.title().filter(any -> words.isEmpty()).map(any -> ": " + any).orElse("");
    boolean required = field.rank() == ShapeField.Rank.REQUIRED;
    return "**" + field.name() + "**" + title + (required ? ", required" : "") + doc + words;
  }

  /** A key that is a name of the author's, of an action's input or of a type. */
  private Optional<String> named(String key) {
    if (sight.isTest()) {
      return inTest(key);
    }
    if (!sight.isRunbook()) {
      return inAgent(key);
    }
    if (path.ends("with")) {
      return input(key);
    }
    if (path.is("remediate") || path.is("escalate", "commands")) {
      return origins().flatMap(found -> found.classOf(key)).map(doc -> "**" + key + "**\n\n" + doc);
    }
    if (path.is("diagnose") || path.ends("verify", "read")) {
      return fact(key);
    }
    if (path.is("params") || path.is("inputs")) {
      return typed(path.back(0), key);
    }
    if (path.is("blocks")) {
      return origins().flatMap(found -> found.block(key)).map(doc -> "**" + key + "**\n\n" + doc);
    }
    return new Typed(sight)
        .expected()
        .filter(RecordType.class::isInstance)
        .flatMap(type -> member((RecordType) type, key));
  }

  private static Optional<String> member(RecordType record, String key) {
    return record
        .field(key)
        .map(
            type -> "`" + record.name() + "." + key + "`: " + type + "\n\n" + Wording.fields(type));
  }

  private Optional<String> input(String key) {
    Typed typed = new Typed(sight);
    return typed
        .action()
        .flatMap(action -> action.input(key).map(input -> input(action, input)))
        .or(
            () ->
                typed
                    .block()
                    .flatMap(block -> Optional.ofNullable(block.args().get(key)))
                    .map(
                        arg ->
                            "**" + key + "**: " + arg.type().text() + "\n\n" + Origins.param(arg)));
  }

  private static String input(ActionDescription action, Input input) {
    String doc = input.doc() == null ? "" : "\n\n" + input.doc();
    return "`"
        + action.name()
        + "` **"
        + input.name()
        + "**: "
        + Wording.input(input)
        + doc
        + "\n\n"
        + Wording.fields(input.type());
  }

  private Optional<String> inTest(String key) {
    if (path.ends("facts")) {
      return fact(key);
    }
    if (path.ends("params") || path.ends("inputs")) {
      return typed(path.back(0), key);
    }
    if (path.ends("steps")) {
      return origins().flatMap(found -> found.step(key)).map(doc -> "**" + key + "**\n\n" + doc);
    }
    return new Typed(sight)
        .expected()
        .filter(RecordType.class::isInstance)
        .flatMap(type -> member((RecordType) type, key));
  }

  private Optional<String> inAgent(String key) {
    if (path.is("runbooks", "configure")) {
      return runbook(key);
    }
    for (EntrySection section : EntrySection.values()) {
      if (path.starts(section.key()) && path.keys().size() >= 2) {
        return place.steps().stream()
            .skip(2)
            .findFirst()
            .flatMap(step -> step.sibling("type"))
            .flatMap(type -> Optional.ofNullable(sight.view().catalogue().types(section).get(type)))
            .flatMap(type -> setting(type, key));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> setting(ConnectionType type, String key) {
    return Optional.ofNullable(type.settings().get(key))
        .map(
            setting ->
                "`"
                    + type.name()
                    + "` **"
                    + key
                    + "**: "
                    + setting.type()
                    + (setting.required() ? ", required" : "")
                    + (setting.doc() == null ? "" : "\n\n" + setting.doc()))
        .or(
            () ->
                Optional.ofNullable(type.credentials().get(key))
                    .map(
                        one ->
                            "`"
                                + type.name()
                                + "` **"
                                + key
                                + "**, a credential"
                                + (one.required() ? ", required" : "")
                                + (one.doc() == null ? "" : "\n\n" + one.doc())));
  }

  private Optional<Origins> origins() {
    return sight.analysis().map(Origins::new);
  }

  private Optional<String> fact(String name) {
    return sight
        .analysis()
        .flatMap(
            found ->
                new Origins(found)
                    .fact(name)
                    .map(
                        doc -> {
                          Type type = found.typing().facts().getOrDefault(name, Special.UNKNOWN);
                          return titled(name, type)
                              + "\n\n"
                              + doc
                              + readable(found, name)
                              + "\n\n"
                              + Wording.fields(type);
                        }));
  }

  /** The fields of a read that is guarded may be null. */
  private static String readable(RunbookAnalysis analysis, String name) {
    return analysis.runbook().diagnose().get(name) instanceof Fact.Read read && read.when() != null
        ? "\n\nNull where it is not read."
        : "";
  }

  private static String titled(String name, Type type) {
    String words = Wording.type(type);
    return "**" + name + "**" + (words.isEmpty() ? "" : ": " + words);
  }

  private Optional<String> typed(String section, String name) {
    Optional<Origins> origins = origins();
    Type type = origins.flatMap(found -> found.type(section, name)).orElse(Special.UNKNOWN);
    return origins
        .flatMap(found -> section.equals("params") ? found.param(name) : found.input(name))
        .map(doc -> titled(name, type) + "\n\n" + doc);
  }

  private Optional<Hover> value() {
    Shape shape = sight.shape();
    Optional<Span> expression = Completions.expression(place, shape);
    if (expression.isPresent()) {
      return expression(expression.get());
    }
    String content = place.content();
    return told(
        reference(content).or(() -> quantity(content)).or(() -> word(content)),
        place.contentSpan());
  }

  private Optional<String> reference(String content) {
    if (path.ends("uses") || path.ends("propose") || path.ends("watch")) {
      return sight.view().catalogue().action(content).map(Wording::action);
    }
    if (path.ends("guards", "[]")) {
      return sight
          .view()
          .catalogue()
          .action(content)
          .map(Wording::action)
          .or(() -> origins().flatMap(found -> found.step(content)))
          .or(() -> origins().flatMap(found -> found.classOf(content)));
    }
    if (path.ends("call")) {
      return origins().flatMap(found -> found.block(content));
    }
    if (path.ends("class")) {
      return origins().flatMap(found -> found.classOf(content));
    }
    if (path.ends("refresh", "[]") || path.ends("undecided", "[]")) {
      return fact(content);
    }
    if (path.ends("did", "[]") || path.ends("after")) {
      return origins().flatMap(found -> found.step(content));
    }
    if (path.ends("handOff", "signal") || path.ends("signal", "type")) {
      return sight
          .names()
          .hearing(content)
          .map(
              outline ->
                  outline.signals().getOrDefault(content, "")
                      + "\n\nHeard by `"
                      + outline.id()
                      + "`: "
                      + outline.title());
    }
    if (path.is("runbook") || path.ends("supersedes", "[]")) {
      return runbook(content);
    }
    if (path.is("target", "type")) {
      return Optional.ofNullable(sight.view().catalogue().targets().get(content))
          .map(type -> "**" + content + "**\n\n" + Wording.fields(type));
    }
    for (EntrySection section : EntrySection.values()) {
      if (path.is(section.key(), "*", "type")) {
        return Optional.ofNullable(sight.view().catalogue().types(section).get(content))
            .map(
                type ->
                    "**"
                        + content
                        + "**, a "
                        + type.kind()
                        + (type.doc() == null ? "" : "\n\n" + type.doc()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> runbook(String id) {
    Outline outline = sight.names().runbooks().get(id);
    return outline == null
        ? Optional.empty()
        : Optional.of(
            "**"
                + id
                + "** "
                + outline.title()
                + "\n\nHears "
                + outline.signals().keySet().stream()
                    .map(signal -> "`" + signal + "`")
                    .collect(Collectors.joining(", ")));
  }

  /** Durations and sizes in other words. */
  private static Optional<String> quantity(String content) {
    return Quantities.duration(content)
        .map(duration -> "`" + Quantities.print(duration) + "` is " + spelt(duration))
        .or(
            () ->
                Quantities.size(content)
                    .map(
                        size ->
                            "`"
                                + size
                                + "` is "
                                + String.format(Locale.ROOT, "%,d", size.bytes())
                                + " bytes"));
  }

  private static String spelt(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0
        ? String.format(Locale.ROOT, "%,d seconds", millis / 1000)
        : String.format(Locale.ROOT, "%,d milliseconds", millis);
  }

  /** What the schema says of the key whose value it is. */
  private Optional<String> word(String content) {
    if (!sight.shape().words().contains(content) || place.steps().isEmpty()) {
      return Optional.empty();
    }
    Place.Step last = place.steps().getLast();
    String key = last.key();
    if (key == null || !(last.container() instanceof YamlMapping)) {
      return Optional.empty();
    }
    Shape parent = sight.document();
    List<String> keys = path.keys();
    for (String one : keys.subList(0, keys.size() - 1)) {
      parent = one.equals("[]") ? parent.item() : parent.field(one);
    }
    Shape inside = parent.field(key);
    return parent.about(key).map(field -> schema(field, inside));
  }

  private Optional<Hover> expression(Span part) {
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
    return told(
        switch (fragment.kind()) {
          case OPERAND, OPERATOR -> name.equals("$") ? element(fragment) : operand(name);
          case FIELD -> member(fragment, name);
          case KEY -> Optional.empty();
          case TEXT -> enumWord(fragment, name);
          case UNIT -> quantity(name);
        },
        span);
  }

  private Optional<String> element(Fragment fragment) {
    return fragment
        .elementType(sight.scope())
        .map(
            type ->
                titled("$", type)
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
    return fact(name)
        .or(
            () ->
                Optional.of(
                    titled(name, type)
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
      case "params", "inputs" -> typed(record.name(), name);
      case "before" -> fact(name);
      case "steps" ->
          origins().flatMap(found -> found.step(name)).map(doc -> "**" + name + "**\n\n" + doc);
      default -> member(record, name);
    };
  }

  private Optional<String> enumWord(Fragment fragment, String word) {
    Fragment.Compared compared = fragment.compared();
    return compared != null && fragment.part(compared.operand()).equals("class")
        ? origins().flatMap(found -> found.classOf(word))
        : fragment
            .comparedType(sight.scope())
            .map(type -> "`" + word + "`: " + Wording.type(type.nonNull()));
  }
}
