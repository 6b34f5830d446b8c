package io.byteport.dsl.connection;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of configuration while it is read: where its faults are collected, and its shapes.
 *
 * @param hidden places that hold what may be a secret: nothing that is printed shows them
 */
public record Findings(SourceFile file, List<Diagnostic> all, List<Span> hidden) {

  public Findings(SourceFile file, List<Diagnostic> all) {
    this(file, new ArrayList<>(all), new ArrayList<>());
  }

  /** What was found, in a text in which stars stand for what may be a secret. */
  public List<Diagnostic> told() {
    if (hidden.isEmpty()) {
      return all;
    }
    int[] text = file.text().codePoints().toArray();
    for (Span span : hidden) {
      for (int i = span.start(); i < span.end(); i++) {
        text[i] = Character.isWhitespace(text[i]) ? text[i] : '*';
      }
    }
    SourceFile masked = new SourceFile(file.name(), new String(text, 0, text.length));
    return all.stream().map(one -> in(masked, one)).toList();
  }

  private static Diagnostic in(SourceFile file, Diagnostic one) {
    return new Diagnostic(
        one.code(),
        one.severity(),
        file,
        one.span(),
        one.message(),
        one.hint(),
        one.related().stream()
            .map(related -> new Related(file, related.span(), related.message()))
            .toList(),
        one.fixes());
  }

  /** Hides every value below a node. */
  public void hide(YamlNode node) {
    switch (node) {
      case YamlScalar scalar -> hidden.add(scalar.span());
      case YamlSequence sequence -> sequence.items().forEach(this::hide);
      case YamlMapping mapping -> mapping.entries().forEach(entry -> hide(entry.value()));
    }
  }

  public void add(DiagnosticCode code, Span span, String message, @Nullable String hint) {
    all.add(Diagnostic.of(code, file, span, message, hint));
  }

  /** A name that is not one of those known. */
  public void unknown(
      DiagnosticCode code, YamlScalar name, String message, Collection<String> known) {
    Diagnostic finding =
        Diagnostic.of(
            code, file, name.span(), message, Suggestions.hintOrChoices(name.text(), known));
    all.add(
        Suggestions.nearest(name.text(), known)
            .map(near -> finding.withFix(new Fix("write `" + near + "`", name.span(), near, false)))
            .orElse(finding));
  }

  /** Finds each key of a map that is not one of those known. */
  public void only(YamlMapping mapping, Collection<String> known, String what) {
    only(mapping, known, what, List.of(), "");
  }

  /**
   * Finds each key of a map that is not one of those known.
   *
   * @param elsewhere keys that are known in another place
   * @param where that place, for the hint
   */
  public void only(
      YamlMapping mapping,
      Collection<String> known,
      String what,
      Collection<String> elsewhere,
      String where) {
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!known.contains(key) && elsewhere.contains(key)) {
        add(
            DiagnosticCode.SCHEMA_UNKNOWN_FIELD,
            entry.key().span(),
            "expected a field of " + what + ", found `" + key + "`",
            "`" + key + "` stands " + where);
      } else if (!known.contains(key)) {
        unknown(
            DiagnosticCode.SCHEMA_UNKNOWN_FIELD,
            entry.key(),
            "expected a field of " + what + ", found `" + entry.key().text() + "`",
            known);
      }
    }
  }

  public void shape(YamlScalar key, YamlNode value, String expected) {
    boolean onOneLine = value instanceof YamlScalar scalar && !scalar.text().isEmpty();
    add(
        DiagnosticCode.SCHEMA_WRONG_TYPE,
        onOneLine ? value.span() : key.span(),
        "expected " + expected + " for `" + key.text() + "`, found " + found(value),
        null);
  }

  /** The entries of a map; none and a finding where it is something else. */
  public List<Entry> entries(Entry field, String expected) {
    if (field.value() instanceof YamlMapping mapping) {
      return mapping.entries();
    }
    shape(field.key(), field.value(), expected);
    return List.of();
  }

  /** A text that is not empty, or null and a finding. */
  public @Nullable String text(Entry field) {
    if (isText(field.value())) {
      return ((YamlScalar) field.value()).text();
    }
    shape(field.key(), field.value(), "a text");
    return null;
  }

  /** A list of texts; what is none is left out with a finding. */
  public List<YamlScalar> texts(Entry field) {
    if (!(field.value() instanceof YamlSequence sequence)) {
      shape(field.key(), field.value(), "a list of texts");
      return List.of();
    }
    List<YamlScalar> texts = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      if (isText(item)) {
        texts.add((YamlScalar) item);
      } else {
        shape(field.key(), item, "a list of texts");
      }
    }
    return texts;
  }

  /** A map of texts; what is none is left out with a finding. */
  public Map<String, String> textMap(Entry field) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Entry entry : entries(field, "a map of texts")) {
      if (entry.value() instanceof YamlScalar scalar && !scalar.value().isNull()) {
        texts.put(entry.key().text(), scalar.text());
      } else {
        shape(entry.key(), entry.value(), "a text");
      }
    }
    return texts;
  }

  public static boolean isText(YamlNode node) {
    return node instanceof YamlScalar scalar
        && !scalar.value().isNull()
        && !scalar.text().isEmpty();
  }

  public static String found(YamlNode node) {
    return switch (node) {
      case YamlMapping mapping -> "a map";
      case YamlSequence sequence -> "a list";
      case YamlScalar scalar ->
          scalar.value().isNull()
              ? "nothing"
              : scalar.text().isEmpty() ? "an empty text" : "`" + scalar.text() + "`";
    };
  }
}
