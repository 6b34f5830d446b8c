package io.byteport.dsl.agent;

import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.agent.AgentConfiguration.Access;
import io.byteport.dsl.agent.AgentConfiguration.Approvals;
import io.byteport.dsl.agent.AgentConfiguration.Concurrency;
import io.byteport.dsl.agent.AgentConfiguration.Level;
import io.byteport.dsl.agent.AgentConfiguration.Person;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads how far runs may go by themselves: {@code autonomy}, {@code approvals}, {@code
 * concurrency}.
 */
final class PolicyReader {
  /** From the least to the most that is done. */
  static final List<String> LEVELS = List.of("observe", "propose", "approve", "act");

  private static final Duration WITHIN = Duration.ofMinutes(30);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Concurrency CONCURRENCY = new Concurrency(20, 2);
  private static final int MOST = 1_000;
  private static final String GROUP = "group:";
  private static final String USER = "user:";

  private final Fields document;
  private final Findings findings;

  PolicyReader(Fields document) {
    this.document = document;
    this.findings = document.findings();
  }

  List<Level> autonomy(Scope scope) {
    Expressions expressions = new Expressions(findings);
    List<Level> levels = new ArrayList<>();
    for (Fields entry : document.list("autonomy", "a map with `when` and `level`")) {
      entry.only(List.of("when", "level"), "an entry of `autonomy`");
      for (String required : List.of("when", "level")) {
        if (!entry.has(required)) {
          entry.missing(
              required,
              "an entry of `autonomy`",
              required.equals("when")
                  ? "say of what it holds, `true` for everything"
                  : "one of `" + String.join("`, `", LEVELS) + "`");
        }
      }
      TypedExpr when =
          entry.entry("when").map(field -> expressions.condition(field, scope)).orElse(null);
      String level = entry.word("level", LEVELS, LEVELS.getFirst());
      if (when != null) {
        levels.add(new Level(when, level, entry.map().span()));
      }
    }
    return levels;
  }

  /**
   * @param kinds of the channels that there are
   */
  Approvals approvals(Access access, Collection<String> kinds) {
    Fields fields = document.fields("approvals", "a map with `ask`, `within` and `approvers`");
    String chat = "chat";
    if (fields == null) {
      return new Approvals(chat, WITHIN, List.of());
    }
    fields.only(List.of("ask", "within", "approvers"), "`approvals`");
    String ask = fields.word("ask", EntrySection.CHANNEL_KINDS, chat);
    YamlScalar asked = fields.scalar("ask");
    if (asked != null && ask.equals(asked.text()) && !kinds.contains(ask)) {
      findings.add(
          DiagnosticCode.AGENT_UNKNOWN_NAME,
          asked.span(),
          "expected a kind of which there is a channel, found `" + ask + "`",
          kinds.isEmpty()
              ? "there is no channel; questions can be answered in the console all the same"
              : "there is `" + String.join("`, `", new TreeSet<>(kinds)) + "`");
    }
    List<YamlScalar> approvers = fields.texts("approvers");
    approvers.forEach(approver -> approver(approver, access));
    return new Approvals(
        ask,
        fields.duration(
            "within",
            WITHIN,
            SHORTEST,
            LONGEST,
            "long enough for a human to read a plan, and no longer than the plan stays true"),
        approvers.stream().map(YamlScalar::text).toList());
  }

  private void approver(YamlScalar approver, Access access) {
    String text = approver.text();
    boolean group = text.startsWith(GROUP);
    if (!group && !text.startsWith(USER)) {
      findings.add(
          DiagnosticCode.SCHEMA_BAD_FORMAT,
          approver.span(),
          "expected `group:NAME` or `user:NAME`, found `" + text + "`",
          null);
      return;
    }
    String name = text.substring(group ? GROUP.length() : USER.length());
    Set<String> known = new TreeSet<>();
    boolean able = false;
    for (Map.Entry<String, Person> entry : access.people().entrySet()) {
      Person person = entry.getValue();
      List<String> names = group ? person.groups() : List.of(entry.getKey());
      known.addAll(names);
      able |= names.contains(name) && person.role() != Role.VIEWER;
    }
    if (able || access.people().isEmpty()) {
      return;
    }
    if (known.contains(name)) {
      findings.add(
          DiagnosticCode.AGENT_UNKNOWN_NAME,
          approver.span(),
          "expected somebody who may approve, found `" + text + "`, who may only look",
          "give them the role `approver` under `access`");
      return;
    }
    findings.unknown(
        DiagnosticCode.AGENT_UNKNOWN_NAME,
        approver,
        "expected "
            + (group ? "a group" : "somebody")
            + " that `access` names, found `"
            + text
            + "`",
        known.stream().map(one -> (group ? GROUP : USER) + one).toList());
  }

  Concurrency concurrency() {
    Fields fields = document.fields("concurrency", "a map with `runs` and `perConnection`");
    if (fields == null) {
      return CONCURRENCY;
    }
    fields.only(List.of("runs", "perConnection"), "`concurrency`");
    return new Concurrency(
        fields.number("runs", CONCURRENCY.runs(), 1, MOST),
        fields.number("perConnection", CONCURRENCY.perConnection(), 1, MOST));
  }
}
