package io.byteport.cli.json;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Requirements;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runbooks as JSON for programs. Expressions are given as they are written. */
public final class RunbookJson {
  private RunbookJson() {}

  /** What a runbook is and which signals it takes. */
  public static Map<String, Object> summary(Runbook book) {
    Runbook.Metadata about = book.metadata();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", about.id().name());
    json.put("title", about.title());
    json.put("category", about.category());
    json.put("severity", about.severity());
    json.put("status", about.status());
    json.put("version", about.version());
    json.put("signals", List.copyOf(book.detectors().keySet()));
    json.put("supersedes", about.supersedes().stream().map(Id::name).toList());
    return json;
  }

  /** The summary, inputs, parameters, classes and guardrails. */
  public static Map<String, Object> of(CheckedRunbook checked) {
    Runbook book = checked.runbook();
    SourceFile source = checked.source();
    Map<String, Object> json = summary(book);
    json.put("doc", book.metadata().doc());
    json.put("includes", checked.sources().libraries().stream().map(SourceFile::name).toList());
    json.put("inputs", book.inputs().values().stream().map(RunbookJson::input).toList());
    json.put("params", book.params().values().stream().map(param -> param(param, source)).toList());
    json.put("classes", book.classify().rules().stream().map(rule -> rule(rule, source)).toList());
    json.put(
        "guardrails", book.guardrails().values().stream().map(RunbookJson::guardrail).toList());
    json.put("permissions", Requirements.of(checked).resources());
    return json;
  }

  private static Map<String, Object> input(Runbook.Input input) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", input.id().name());
    json.put("type", input.type().text());
    json.put("required", input.required());
    json.put("from", input.from());
    json.put("doc", input.doc());
    return json;
  }

  private static Map<String, Object> param(Runbook.Param param, SourceFile source) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", param.id().name());
    json.put("type", param.type().text());
    json.put(
        "default",
        param.defaultValue() == null ? null : written(source, param.defaultValue().span()));
    json.put("minimum", param.minimum() == null ? null : written(source, param.minimum().span()));
    json.put("maximum", param.maximum() == null ? null : written(source, param.maximum().span()));
    json.put("env", param.env() == null ? null : param.env().name());
    json.put("doc", param.doc());
    return json;
  }

  private static Map<String, Object> rule(Runbook.Rule rule, SourceFile source) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("class", rule.classId().name());
    json.put("when", written(source, rule.when().span()));
    json.put("confidence", written(source, rule.confidence().span()));
    return json;
  }

  private static Map<String, Object> guardrail(Guardrail guardrail) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", guardrail.id().name());
    json.put("kind", guardrail.rule().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    json.put("guards", guardrail.guards().stream().map(Id::name).toList());
    return json;
  }

  private static String written(SourceFile source, Span span) {
    return source.text(span).strip().replaceAll("\\s+", " ");
  }
}
