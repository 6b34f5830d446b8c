package io.byteport.dsl.agent;

import io.byteport.dsl.agent.AgentConfiguration.Choice;
import io.byteport.dsl.agent.AgentConfiguration.Mapping;
import io.byteport.dsl.check.LanguageTypes;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads how the body of a request becomes alerts: {@code items}, {@code drop} and {@code map} of a
 * source of type {@code webhook}.
 */
final class MappingReader {
  private static final String TYPE = "webhook";
  private static final List<String> FIELDS = List.of("items", "drop", "map");
  private static final List<String> MAPPED =
      List.of("status", "severity", "title", "value", "at", "link", "dedupKey", "labels");

  private final Fields source;
  private final Findings findings;
  private final Expressions expressions;

  MappingReader(Fields source, Expressions expressions) {
    this.source = source;
    this.findings = source.findings();
    this.expressions = expressions;
  }

  /** Null where the source knows what it is sent. */
  @Nullable Mapping read() {
    boolean generic = source.entry("type").map(MappingReader::isGeneric).orElse(false);
    if (!generic) {
      for (String field : FIELDS) {
        source.entry(field).ifPresent(this::idle);
      }
      return null;
    }
    TypedExpr items = source.entry("items").map(this::items).orElse(null);
    TypedExpr drop =
        source
            .entry("drop")
            .map(entry -> expressions.condition(entry, AgentScopes.ITEM))
            .orElse(null);
    if (!source.has("map")) {
      source.missing("map", "a `webhook`", "say what of the body is what of an alert");
    }
    Fields map = source.fields("map", "a map with `title`, `labels` and others");
    if (map == null) {
      return null;
    }
    map.only(MAPPED, "`map`");
    return new Mapping(
        items,
        drop,
        choices(map, "status", LanguageTypes.SIGNAL_STATUS.words()),
        choices(map, "severity", LanguageTypes.SEVERITY.words()),
        template(map, "title", null),
        template(map, "value", null),
        template(map, "at", Scalar.INSTANT.orNull()),
        template(map, "link", null),
        template(map, "dedupKey", null),
        labels(map));
  }

  private static boolean isGeneric(Entry type) {
    return type.value() instanceof YamlScalar scalar && scalar.text().equals(TYPE);
  }

  private void idle(Entry field) {
    findings.add(
        DiagnosticCode.SCHEMA_UNKNOWN_FIELD,
        field.key().span(),
        "expected a field of such a source, found `" + field.key().text() + "`",
        "only a source of type `webhook` is told how to read what it is sent");
  }

  private @Nullable TypedExpr items(Entry field) {
    TypedExpr items = expressions.expression(field, AgentScopes.BODY);
    if (items == null) {
      return null;
    }
    Type type = items.type().nonNull();
    if (type instanceof ListType || type == Special.ANY || type == Special.UNKNOWN) {
      return items;
    }
    findings.add(
        DiagnosticCode.EXPR_TYPE,
        field.value().span(),
        "expected a list in the body, found a value of type " + type,
        "name the list, as in `body.alerts`; without `items` the body is the one item");
    return null;
  }

  private @Nullable TypedExpr template(Fields map, String field, @Nullable Type expected) {
    return map.entry(field)
        .map(entry -> expressions.template(entry, AgentScopes.ITEM, expected))
        .orElse(null);
  }

  private Map<String, TypedExpr> labels(Fields map) {
    Map<String, TypedExpr> labels = new LinkedHashMap<>();
    Fields written = map.fields("labels", "a map of texts");
    if (written != null) {
      for (Entry entry : written.map().entries()) {
        TypedExpr label = expressions.template(entry, AgentScopes.ITEM, null);
        if (label != null) {
          labels.put(entry.key().text(), label);
        }
      }
    }
    return labels;
  }

  /** One word, or a list of which the first that holds counts. */
  private List<Choice> choices(Fields map, String field, List<String> words) {
    Entry entry = map.entry(field).orElse(null);
    if (entry == null) {
      return List.of();
    }
    if (entry.value() instanceof YamlScalar word) {
      String only = map.word(field, words, words.getFirst());
      return List.of(new Choice(only, always(word.span())));
    }
    List<Choice> choices = new ArrayList<>();
    for (Fields option : map.list(field, "a map with `value` and `when`")) {
      option.only(List.of("value", "when"), "a choice");
      if (!option.has("value")) {
        option.missing("value", "a choice", "say what is chosen");
      }
      String value = option.word("value", words, words.getFirst());
      TypedExpr when =
          option
              .entry("when")
              .map(condition -> expressions.condition(condition, AgentScopes.ITEM))
              .orElseGet(() -> option.has("when") ? null : always(option.map().span()));
      if (when != null) {
        choices.add(new Choice(value, when));
      }
    }
    return choices;
  }

  /** A condition that holds without being written. */
  static TypedExpr always(Span span) {
    return new TypedExpr.Literal(Value.TRUE, Scalar.BOOLEAN, new Expr.Literal(Value.TRUE, span));
  }
}
