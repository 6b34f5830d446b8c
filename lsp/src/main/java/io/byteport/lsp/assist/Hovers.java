package io.byteport.lsp.assist;

import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.DiagnosticPage;
import io.byteport.dsl.edit.Cursor;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.schema.ShapeField;
import io.byteport.dsl.source.Span;
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
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;

/** What there is to know about what stands at a place. */
public final class Hovers {
  private static final Pattern CODE = Pattern.compile("BP-[A-Z]+-[0-9]{3}");

  private final Sight sight;
  private final Place place;
  private final Paths path;
  private final NameDocs docs;

  private Hovers(Sight sight) {
    this.sight = sight;
    this.place = sight.place();
    this.path = new Paths(place.path());
    this.docs = new NameDocs(sight);
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
    Optional<String> named = new KeyHovers(sight, docs).named(key);
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

  private Optional<Hover> value() {
    Shape shape = sight.shape();
    Optional<Span> expression = Completions.expression(place, shape);
    if (expression.isPresent()) {
      ExpressionHovers.Told told = new ExpressionHovers(sight, docs).at(expression.get());
      return told(told.markdown(), told.span());
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
          .or(() -> docs.origins().flatMap(found -> found.step(content)))
          .or(() -> docs.origins().flatMap(found -> found.classOf(content)));
    }
    if (path.ends("call")) {
      return docs.origins().flatMap(found -> found.block(content));
    }
    if (path.ends("class")) {
      return docs.origins().flatMap(found -> found.classOf(content));
    }
    if (path.ends("refresh", "[]") || path.ends("undecided", "[]")) {
      return docs.fact(content);
    }
    if (path.ends("did", "[]") || path.ends("after")) {
      return docs.origins().flatMap(found -> found.step(content));
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
      return docs.runbook(content);
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

  /** Durations and sizes in other words. */
  static Optional<String> quantity(String content) {
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
}
