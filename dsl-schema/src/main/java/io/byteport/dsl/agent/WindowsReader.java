package io.byteport.dsl.agent;

import io.byteport.dsl.agent.AgentConfiguration.Once;
import io.byteport.dsl.agent.AgentConfiguration.Recurring;
import io.byteport.dsl.agent.AgentConfiguration.Time;
import io.byteport.dsl.agent.AgentConfiguration.Window;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads when less is done than otherwise: {@code windows}. */
final class WindowsReader {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** A window that would let more be done would do nothing: the lowest level counts. */
  private static final List<String> LEVELS =
      PolicyReader.LEVELS.subList(0, PolicyReader.LEVELS.size() - 1);

  private final Findings findings;

  WindowsReader(Findings findings) {
    this.findings = findings;
  }

  Map<String, Window> read(Fields section, Scope scope) {
    Map<String, Window> windows = new LinkedHashMap<>();
    for (Entry entry : section.map().entries()) {
      boolean sound = Names.isSound(findings, entry.key(), "a window");
      Fields fields = Fields.of(findings, entry, "a map with `schedule` or `from`");
      if (fields == null) {
        continue;
      }
      fields.only(
          List.of("schedule", "zone", "length", "from", "until", "when", "level"), "a window");
      Time time = time(fields);
      TypedExpr when =
          fields
              .entry("when")
              .map(field -> new Expressions(findings).condition(field, scope))
              .orElse(null);
      if (!fields.has("level")) {
        required(fields, "level", "one of `" + String.join("`, `", LEVELS) + "`");
      }
      String level = fields.word("level", LEVELS, LEVELS.getFirst());
      if (time != null && sound) {
        windows.put(entry.key().text(), new Window(time, when, level));
      }
    }
    return windows;
  }

  private static void required(Fields fields, String field, String hint) {
    fields.missing(field, "`" + fields.name().text() + "`", hint);
  }

  private @Nullable Time time(Fields fields) {
    boolean once = fields.has("from") || fields.has("until");
    boolean recurring = fields.has("schedule") || fields.has("length") || fields.has("zone");
    if (once == recurring) {
      findings.add(
          DiagnosticCode.SCHEMA_EXCLUSIVE,
          fields.name().span(),
          "expected either `schedule` with `length`, or `from` with `until`, found "
              + (once ? "both" : "neither"),
          "a window opens again and again, or once");
      return null;
    }
    return once ? once(fields) : recurring(fields);
  }

  private @Nullable Time once(Fields fields) {
    for (String field : List.of("from", "until")) {
      if (!fields.has(field)) {
        required(fields, field, "write it as `2026-11-27T00:00:00+01:00`");
      }
    }
    Instant from = fields.instant("from");
    Instant until = fields.instant("until");
    if (from == null || until == null) {
      return null;
    }
    if (!from.isBefore(until)) {
      findings.add(
          DiagnosticCode.SCHEMA_OUT_OF_RANGE,
          fields.entry("until").map(entry -> entry.value().span()).orElse(fields.name().span()),
          "expected a time after `from`, found `" + fields.text("until") + "`",
          null);
      return null;
    }
    return new Once(from, until);
  }

  private @Nullable Time recurring(Fields fields) {
    if (!fields.has("schedule")) {
      required(fields, "schedule", "such as `0 2 * * SUN`");
    }
    if (!fields.has("length")) {
      required(fields, "length", "say how long it stays open, such as `3h`");
    }
    YamlScalar schedule = fields.scalar("schedule");
    ZoneId zone = zone(fields);
    Duration length = fields.duration("length", SHORTEST, SHORTEST);
    if (schedule == null) {
      return null;
    }
    Cron.Fault fault = Cron.fault(schedule.text());
    if (fault == null) {
      return new Recurring(schedule.text(), zone, length);
    }
    findings.add(
        DiagnosticCode.SCHEMA_BAD_FORMAT,
        schedule.map().span(fault.start(), fault.end()),
        fault.message(),
        "as crontab has it: `0 2 * * SUN` is each Sunday at two");
    return null;
  }

  private ZoneId zone(Fields fields) {
    YamlScalar written = fields.scalar("zone");
    if (written == null || ZoneId.getAvailableZoneIds().contains(written.text())) {
      return written == null ? ZoneOffset.UTC : ZoneId.of(written.text());
    }
    findings.unknown(
        DiagnosticCode.SCHEMA_NOT_ALLOWED,
        written,
        "expected the name of a time zone, found `" + written.text() + "`",
        ZoneId.getAvailableZoneIds());
    return ZoneOffset.UTC;
  }
}
