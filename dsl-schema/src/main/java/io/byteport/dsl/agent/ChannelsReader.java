package io.byteport.dsl.agent;

import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.agent.AgentConfiguration.Channel;
import io.byteport.dsl.check.LanguageTypes;
import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.EntryReader;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.connection.References;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads whom the agent tells: {@code channels}. */
final class ChannelsReader {
  private static final List<String> EVENTS =
      List.of("opened", "planned", "acting", "approval", "resolved", "escalated", "storm", "*");

  private final Findings findings;
  private final Map<String, ConnectionType> types;
  private final Expressions expressions;
  private final Scope message;

  ChannelsReader(Findings findings, Map<String, ConnectionType> types, Scope message) {
    this.findings = findings;
    this.types = types;
    this.expressions = new Expressions(findings);
    this.message = message;
  }

  Map<String, Channel> read(Entry section, References references) {
    Map<String, Channel> channels = new LinkedHashMap<>();
    List<Connection> entries = new ArrayList<>();
    EntryReader reader = new EntryReader(findings, EntrySection.CHANNELS, types);
    for (Entry entry : findings.entries(section, "a map of channels by their names")) {
      boolean sound = Names.isSound(findings, entry.key(), "a channel");
      Connection read = reader.read(entry);
      if (entry.value() instanceof YamlMapping map) {
        Fields fields = new Fields(findings, entry.key(), map);
        String least = read != null && read.kind().equals("page") ? "warning" : "info";
        String minSeverity = fields.word("minSeverity", LanguageTypes.SEVERITY.words(), least);
        String mention = fields.text("mentionOnCritical");
        Map<String, TypedExpr> templates = templates(fields);
        if (read != null && sound) {
          channels.put(entry.key().text(), new Channel(read, minSeverity, mention, templates));
        }
      }
      if (read != null) {
        entries.add(read);
      }
    }
    references.check(section, entries, types);
    return channels;
  }

  private Map<String, TypedExpr> templates(Fields channel) {
    Map<String, TypedExpr> templates = new LinkedHashMap<>();
    Fields written = channel.fields("templates", "a map of texts by event");
    if (written == null) {
      return templates;
    }
    for (Entry entry : written.map().entries()) {
      if (!EVENTS.contains(entry.key().text())) {
        findings.unknown(
            DiagnosticCode.AGENT_UNKNOWN_NAME,
            entry.key(),
            "expected an event, or `*` for any other, found `" + entry.key().text() + "`",
            EVENTS);
      }
      TypedExpr text = expressions.template(entry, message, Scalar.STRING.orNull());
      if (text != null) {
        templates.put(entry.key().text(), text);
      }
    }
    return templates;
  }
}
