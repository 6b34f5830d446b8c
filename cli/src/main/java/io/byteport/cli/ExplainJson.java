package io.byteport.cli;

import io.byteport.cli.story.Brief;
import io.byteport.cli.story.GuardrailWords;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.journal.ValueJson;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.Verdict;
import io.byteport.engine.run.Outlook;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An account as JSON for programs; docs/explain.md describes its shape, which only grows. */
final class ExplainJson {
  /** Characters of a fact as people read it on one line. */
  private static final int SHOWN = 72;

  private ExplainJson() {}

  static Map<String, Object> of(Account account) {
    Map<String, Object> json = decision(account);
    json.put("guardrails", account.guardrails().stream().map(ExplainJson::guardrail).toList());
    json.put("steps", account.steps().stream().map(step -> step(account, step)).toList());
    Map<String, Object> expectations = new LinkedHashMap<>();
    account.expectations().forEach((id, judged) -> expectations.put(id, verdict(judged.verdict())));
    json.put("expectations", expectations);
    account
        .replayed()
        .ifPresent(
            replay -> json.put("outlook", outlook(replay.interpreter().outlook(replay.decided()))));
    RunReport report = account.report();
    json.put("result", report == null ? null : report.result().word());
    json.put("reason", report == null ? null : report.reason());
    json.put("stoppedBy", report == null ? null : report.stoppedBy());
    json.put("left", report == null ? List.of() : report.left());
    json.put("notices", report == null ? List.of() : notices(report.notices()));
    return json;
  }

  /** What was decided, without what follows. */
  static Map<String, Object> decision(Account account) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", account.opened().run().value());
    json.put("runbook", account.opened().runbook());
    json.put("version", account.opened().runbookVersion());
    json.put("target", account.opened().targetKey());
    json.put("mode", account.dryRun() ? "dry-run" : "live");
    json.put("at", account.opened().at().toString());
    Map<String, Object> signal = new LinkedHashMap<>();
    signal.put("type", account.opened().signal().type());
    signal.put("source", account.opened().signal().source());
    signal.put("severity", account.opened().signal().severity().name().toLowerCase(Locale.ROOT));
    signal.put("labels", account.opened().signal().labels());
    json.put("signal", signal);
    json.put("facts", account.facts().values().stream().map(fact -> fact(account, fact)).toList());
    json.put("passes", account.passes());
    json.put("rules", rules(account));
    Note.Classified decided = account.decision();
    json.put("decision", decided == null ? null : classified(decided));
    return json;
  }

  private static Optional<TermPlaces> places(Account account) {
    return account.replayed().map(replay -> new TermPlaces(replay.runbook()));
  }

  private static Map<String, Object> fact(Account account, Note.FactLearned fact) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("fact", fact.fact());
    Value value = fact.value();
    json.put("value", value == null ? null : value(value));
    json.put("unavailable", fact.unavailable());
    json.put("shown", value == null ? null : Brief.of(value, SHOWN));
    places(account).ifPresent(places -> json.put("places", places.fact(fact.fact())));
    return json;
  }

  static Object value(Value value) {
    return ValueJson.toJson(value);
  }

  private static List<Object> rules(Account account) {
    List<Runbook.Rule> written =
        account
            .replayed()
            .map(replay -> replay.runbook().runbook().classify().rules())
            .orElse(List.of());
    List<Object> rules = new ArrayList<>();
    for (int i = 0; i < account.rules().size(); i++) {
      Note.RuleJudged judged = account.rules().get(i);
      boolean known =
          i < written.size() && written.get(i).classId().name().equals(judged.classId());
      Map<String, Object> json = rule(judged);
      if (known) {
        Runbook.Rule rule = written.get(i);
        places(account)
            .ifPresent(
                places -> {
                  json.put("place", places.name(rule.classId()));
                  if (judged.term() != null) {
                    json.put("term", term(judged.term(), places, List.of(rule.when())));
                  }
                });
      }
      rules.add(json);
    }
    return rules;
  }

  private static Map<String, Object> rule(Note.RuleJudged rule) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("class", rule.classId());
    json.put("verdict", verdict(rule.verdict()));
    json.put("inQuestion", rule.inQuestion());
    json.put("confidence", rule.confidence());
    json.put("because", rule.because());
    json.put("term", rule.term() == null ? null : term(rule.term()));
    json.put("explanation", rule.explanation());
    return json;
  }

  static String verdict(Verdict verdict) {
    return switch (verdict) {
      case TRUE -> "yes";
      case FALSE -> "no";
      case UNDECIDED -> "undecided";
    };
  }

  static Map<String, Object> term(Term term) {
    return term(term, ExplainJson::term);
  }

  private static Map<String, Object> term(Term term, TermPlaces places, List<Expr> conditions) {
    List<Expr> below = places.below(term, conditions);
    Map<String, Object> json = term(term, part -> term(part, places, below));
    json.put("places", places.of(term, conditions));
    return json;
  }

  private static Map<String, Object> term(Term term, Function<Term, Map<String, Object>> part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", term.kind().name().toLowerCase(Locale.ROOT));
    json.put("text", term.text());
    Verdict verdict = term.verdict();
    json.put("verdict", verdict == null ? null : verdict(verdict));
    json.put("value", term.value());
    json.put("undecided", causes(term.undecided()));
    json.put("operator", term.operator());
    json.put("parts", term.parts().stream().map(part).toList());
    return json;
  }

  static List<Object> causes(List<Cause> causes) {
    List<Object> list = new ArrayList<>();
    for (Cause cause : causes) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", cause.name());
      json.put("reason", cause.reason());
      list.add(json);
    }
    return list;
  }

  private static Map<String, Object> classified(Note.Classified decided) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("class", decided.classId());
    json.put("confidence", decided.confidence());
    json.put("needed", decided.needed());
    json.put("because", decided.because());
    json.put("severity", decided.severity());
    json.put("severityBecause", decided.severityBecause());
    json.put("suspected", decided.suspected());
    json.put("undecided", causes(decided.undecided()));
    return json;
  }

  private static Map<String, Object> guardrail(Note.GuardrailJudged judged) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("guardrail", judged.guardrail());
    json.put("kind", judged.kind());
    json.put("step", judged.step());
    json.put(
        "verdict",
        switch (GuardrailWords.verdict(judged)) {
          case TRUE -> "allowed";
          case FALSE -> "refused";
          case UNDECIDED -> "undecided";
        });
    json.put("reason", judged.reason());
    json.put("term", judged.term() == null ? null : term(judged.term()));
    json.put("standing", judged.standing() == null ? null : standing(judged.standing()));
    return json;
  }

  private static Map<String, Object> standing(Standing standing) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (standing.claim()) {
      case Claim.Limit limit -> {
        json.put("used", standing.used());
        json.put("limit", limit.limit());
        json.put("window", limit.window().toString());
        json.put("freeAt", standing.freeAt() == null ? null : standing.freeAt().toString());
      }
      case Claim.Lock lock -> {
        json.put("free", standing.granted());
        json.put("holder", standing.holder() == null ? null : standing.holder().value());
      }
      case Claim.Storm storm -> {
        json.put("scope", storm.scope());
        json.put("changing", standing.used());
        json.put("atOnce", storm.atOnce());
        json.put("changed", standing.history().size());
        json.put("within", storm.within());
        json.put("window", storm.window().toString());
        json.put("freeAt", standing.freeAt() == null ? null : standing.freeAt().toString());
      }
    }
    return json;
  }

  private static Map<String, Object> step(Account account, Note.StepEnded step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step.step());
    json.put("status", step.status().name().toLowerCase(Locale.ROOT));
    json.put("text", step.text());
    json.put("command", step.command());
    json.put("when", step.condition() == null ? null : term(step.condition()));
    Value input =
        account.replayed().map(replay -> PlanScreen.input(replay, step.step())).orElse(null);
    json.put("with", input == null ? null : value(input));
    return json;
  }

  private static Map<String, Object> outlook(Outlook outlook) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Object> approvals = new ArrayList<>();
    for (Outlook.Approval approval : outlook.approvals()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("guardrail", approval.guardrail());
      one.put("step", approval.step());
      one.put("question", approval.question());
      one.put("within", approval.within().toString());
      one.put("unless", approval.unless() == null ? null : term(approval.unless()));
      approvals.add(one);
    }
    json.put("approvals", approvals);
    json.put("verification", verification(outlook.verification()));
    Outlook.Rollback rollback = outlook.rollback();
    if (rollback != null) {
      Map<String, Object> back = new LinkedHashMap<>();
      back.put("when", rollback.when() == null ? null : term(rollback.when()));
      back.put("steps", rollback.steps());
      json.put("rollback", back);
    }
    json.put("escalation", notices(outlook.escalation()));
    return json;
  }

  private static @Nullable Map<String, Object> verification(
      Outlook.@Nullable Verification verification) {
    if (verification == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, Object> expect = new LinkedHashMap<>();
    verification.expectations().forEach(one -> expect.put(one.id(), one.term().text()));
    json.put("expect", expect);
    json.put("after", verification.after().toString());
    json.put("within", verification.within().toString());
    json.put("every", verification.every().toString());
    json.put("for", verification.sustained().toString());
    json.put("at", verification.at().stream().map(Object::toString).toList());
    return json;
  }

  private static List<Object> notices(List<RunReport.Notification> notices) {
    List<Object> list = new ArrayList<>();
    for (RunReport.Notification notice : notices) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("event", notice.event());
      json.put("to", notice.channels());
      json.put("priority", notice.priority());
      json.put("title", notice.title());
      json.put("fields", notice.fields());
      json.put("nextSteps", notice.nextSteps());
      json.put("commands", notice.commands());
      list.add(json);
    }
    return list;
  }
}
