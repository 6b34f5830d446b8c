package io.byteport.dsl.check;

import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of the names that the language gives every runbook, and an agent's configuration. */
public final class LanguageTypes {
  /** The class of an incident that no rule claims. */
  public static final String UNKNOWN_CLASS = "unknown";

  /** The words that have a meaning in expressions, which no fact may be called. */
  public static final Set<String> NAMES = ReservedNames.RESERVED;

  public static final EnumType SEVERITY = words("info", "warning", "high", "critical");
  static final EnumType STEP_STATUS =
      words("pending", "skipped", "planned", "done", "failed", "refused", "unknown");
  public static final EnumType RESULT =
      words("resolved", "escalated", "skipped", "planned", "handedOff", "joined");
  static final EnumType ROLLBACK = words("none", "done", "failed");
  public static final EnumType SIGNAL_STATUS = words("firing", "resolved");
  static final EnumType RUNBOOK_STATUS = words("shipped", "beta");
  static final Type TEXTS = new ListType(Scalar.STRING);

  /** Of a run, whatever the runbook. */
  static final RecordType RUN =
      record(
          "run",
          fields()
              .with("id", Scalar.STRING)
              .with("result", RESULT.orNull())
              .with("reason", Scalar.STRING.orNull())
              .with("did", TEXTS)
              .with("planned", TEXTS)
              .with("changed", Scalar.BOOLEAN)
              .with("rollback", ROLLBACK)
              .with("timeline", TEXTS)
              .with("stoppedBy", Scalar.STRING.orNull())
              .with("unmet", TEXTS)
              .with("suspected", Scalar.STRING.orNull())
              .with("because", Scalar.STRING.orNull())
              .with("openedAt", Scalar.INSTANT)
              .with("changedAt", Scalar.INSTANT.orNull())
              .with("recoveredAt", Scalar.INSTANT.orNull())
              .with("duration", Scalar.DURATION)
              .with("advice", Scalar.STRING.orNull())
              .with("explanation", Scalar.STRING)
              .with("link", Scalar.STRING)
              .with("attempts", Scalar.INTEGER));

  public static final RecordType RUNBOOK =
      record(
          "runbook",
          fields()
              .with("id", Scalar.STRING)
              .with("title", Scalar.STRING)
              .with("category", Scalar.STRING)
              .with("severity", SEVERITY)
              .with("status", RUNBOOK_STATUS)
              .with("version", Scalar.STRING)
              .with("link", Scalar.STRING));

  /** Of a guardrail that limits. */
  static final RecordType LIMIT =
      record(
          "limit",
          fields()
              .with("used", Scalar.INTEGER)
              .with("left", Scalar.INTEGER)
              .with("history", new ListType(Scalar.INSTANT)));

  private LanguageTypes() {}

  /** Fields in order. */
  static final class Fields {
    private final Map<String, Type> map = new LinkedHashMap<>();

    Fields with(String name, Type type) {
      map.put(name, type);
      return this;
    }

    Map<String, Type> map() {
      return map;
    }
  }

  static Fields fields() {
    return new Fields();
  }

  static RecordType record(String name, Fields fields) {
    return RecordType.of(name, fields.map());
  }

  static EnumType words(String... words) {
    return new EnumType(List.of(words));
  }

  static RecordType signal(Runbook runbook) {
    Set<String> types = new LinkedHashSet<>();
    for (Detector detector : runbook.detectors().values()) {
      types.add(detector.id().name());
      detector.aliases().forEach(alias -> types.add(alias.name()));
    }
    return signal(types.isEmpty() ? Scalar.STRING : new EnumType(new ArrayList<>(types)));
  }

  /**
   * A signal.
   *
   * @param type of its type; null while it is not decided what signal it is
   */
  public static RecordType signal(@Nullable Type type) {
    Fields fields = fields();
    if (type != null) {
      fields.with("type", type);
    }
    return record(
        "signal",
        fields
            .with("source", Scalar.STRING)
            .with("severity", SEVERITY)
            .with("status", SIGNAL_STATUS)
            .with("labels", new MapType(Scalar.STRING))
            .with("startedAt", Scalar.INSTANT)
            .with("cleared", Scalar.BOOLEAN)
            .with("value", Scalar.NUMBER.orNull())
            .with("fingerprint", Scalar.STRING)
            .with("link", Scalar.STRING.orNull()));
  }

  /** The classes that the rules declare, and the unknown one. */
  static EnumType classes(Runbook runbook) {
    Set<String> classes = new LinkedHashSet<>();
    for (Rule rule : runbook.classify().rules()) {
      classes.add(rule.classId().name());
    }
    classes.add(UNKNOWN_CLASS);
    return new EnumType(new ArrayList<>(classes));
  }

  static RecordType guardrails(Runbook runbook) {
    Fields limits = fields();
    for (Guardrail guardrail : runbook.guardrails().values()) {
      if (guardrail.rule() instanceof Guardrail.Limit) {
        limits.with(guardrail.id().name(), LIMIT);
      }
    }
    return record("guardrails", limits);
  }

  /** One entry of {@code steps}. */
  static RecordType step(String id, Type result) {
    return record(
        id,
        fields()
            .with("status", STEP_STATUS)
            .with("ok", Scalar.BOOLEAN)
            .with("changed", Scalar.BOOLEAN)
            .with("reason", Scalar.STRING.orNull())
            .with("command", Scalar.STRING.orNull())
            .with("took", Scalar.DURATION.orNull())
            .with("error", Scalar.STRING.orNull())
            .with("result", result));
  }

  /** What a step over a list leaves: never null, and empty where it never ran. */
  static RecordType forEachResult(Type item, Type result) {
    return record(
        "result",
        fields()
            .with(
                "done",
                new ListType(record("done", fields().with("item", item).with("result", result))))
            .with(
                "failed",
                new ListType(
                    record("failed", fields().with("item", item).with("error", Scalar.STRING))))
            .with(
                "refused",
                new ListType(
                    record("refused", fields().with("item", item).with("by", Scalar.STRING)))));
  }
}
