package io.byteport.engine.outbox;

import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.model.Runbook.Metadata;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunReport.Notification;
import io.byteport.engine.signal.SignalValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for in routes and templates.
 *
 * @param connections whose labels a target has
 */
record SaidNames(
    Occasion occasion,
    Notification notice,
    @Nullable Metadata metadata,
    Links links,
    List<Connection> connections)
    implements Environment {

  @Override
  public Evaluation root(String name) {
    RunReport report = occasion.report();
    return switch (name) {
      case "runbook" -> Evaluation.of(runbook());
      case "target" -> Evaluation.of(occasion.opened().target());
      case "class" -> text(report == null ? null : report.classId());
      case "severity" -> text(report == null ? notice.priority() : report.severity());
      case "result" -> text(report == null ? null : report.result().word());
      case "signal" -> Evaluation.of(SignalValue.of(occasion.opened().signal()));
      case "event" -> text(notice.event());
      case "title" -> text(notice.title());
      case "details" -> text(notice.details());
      case "link" -> text(links.run(occasion.opened().run()));
      default -> Evaluation.because(name, "has no value here");
    };
  }

  @Override
  public Evaluation member(String root, String field) {
    return root.equals("target") && field.equals("labels")
        ? Evaluation.of(
            TargetLabels.of(occasion.opened().targetKey(), occasion.opened().target(), connections))
        : Environment.super.member(root, field);
  }

  /** Of a signal that no runbook took, the id alone is known. */
  private Value runbook() {
    Map<String, Value> fields = new LinkedHashMap<>();
    String id = occasion.opened().runbook();
    fields.put("id", Value.of(id));
    if (metadata != null) {
      fields.put("title", Value.of(metadata.title()));
      fields.put("category", Value.of(metadata.category()));
      fields.put("severity", Value.of(metadata.severity()));
      fields.put("status", Value.of(metadata.status()));
      fields.put("version", Value.of(metadata.version()));
    }
    fields.put("link", Value.of(links.runbook(id)));
    return Value.of(fields);
  }

  private static Evaluation text(@Nullable String text) {
    return Evaluation.of(text == null ? Value.NULL : Value.of(text));
  }

  @Override
  public Instant now() {
    return occasion.at();
  }
}
