package io.byteport.lsp.change;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.lsp.Reported;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;

/**
 * Adds the parts whose absence is a finding: what to do, whom to tell, what limits and proves it.
 */
final class MissingParts {
  private static final List<String> KINDS = List.of("chat", "mail", "page", "issue", "room");

  private final Asked asked;
  private final RunbookAnalysis analysis;
  private final Sections sections;

  private MissingParts(Asked asked, RunbookAnalysis analysis) {
    this.asked = asked;
    this.analysis = analysis;
    this.sections = new Sections(asked.text(), analysis.root(), DocumentKind.RUNBOOK);
  }

  static List<CodeAction> of(Asked asked) {
    return asked
        .view()
        .analysis()
        .map(analysis -> new MissingParts(asked, analysis).actions())
        .orElse(List.of());
  }

  private List<CodeAction> actions() {
    List<CodeAction> actions = new ArrayList<>();
    for (Diagnostic finding : asked.here()) {
      Optional<CodeAction> action =
          switch (finding.code()) {
            case FLOW_CLASS_WITHOUT_REMEDIATION -> remediation(finding);
            case FLOW_NO_ESCALATION -> escalation();
            case SCHEMA_MISSING_FIELD ->
                finding.message().contains("`escalate`") ? escalation() : Optional.empty();
            case FLOW_UNCOUNTED_CHANGE -> limit(finding);
            case FLOW_NO_VERIFICATION -> verification(finding);
            default -> Optional.empty();
          };
      action.ifPresent(
          one -> {
            one.setDiagnostics(List.of(Reported.of(finding)));
            actions.add(one);
          });
    }
    return actions;
  }

  private Optional<CodeAction> action(String title, Optional<Change> change) {
    return change.map(one -> asked.action(title, CodeActionKind.QuickFix, List.of(one)));
  }

  private Optional<CodeAction> remediation(Diagnostic finding) {
    String name = asked.text().text(finding.span()).strip();
    boolean isClass =
        analysis.runbook().classify().rules().stream()
            .anyMatch(rule -> rule.classId().name().equals(name));
    String named = isClass ? name : "unknown";
    if (sections.at(List.of("remediate", named)).isPresent()) {
      return Optional.empty();
    }
    String words = named.equals("unknown") ? "an incident of no known kind" : named;
    return action(
        "add what is done about `" + named + "`",
        sections.add(
            List.of("remediate"),
            named + ":\n  steps:\n    - escalate: A human has to look at " + words));
  }

  private Optional<CodeAction> escalation() {
    Set<String> taken =
        sections
            .at(List.of("escalate", "to"))
            .filter(YamlMapping.class::isInstance)
            .map(
                to ->
                    ((YamlMapping) to)
                        .entries().stream()
                            .map(entry -> entry.key().text())
                            .collect(Collectors.toSet()))
            .orElse(Set.of());
    return KINDS.stream()
        .filter(kind -> !taken.contains(kind))
        .findFirst()
        .flatMap(
            kind ->
                action(
                    "add an escalation to " + kind,
                    sections.add(List.of("escalate", "to"), kind + ": {}")));
  }

  private Optional<CodeAction> limit(Diagnostic finding) {
    return step(finding)
        .flatMap(
            act -> {
              String guarded =
                  act.head().given() ? act.head().id().name() : act.use().action().name();
              String base = "few_" + guarded.replaceAll("[^A-Za-z0-9]+", "_");
              return action(
                  "add a limit for `" + guarded + "`",
                  sections.add(
                      List.of("guardrails"),
                      free(base)
                          + ":\n  limit: 1\n  every: 1h\n  guards: ["
                          + guarded
                          + "]\n  because: This was done less than an hour ago"));
            });
  }

  private Optional<Step.Act> step(Diagnostic finding) {
    return analysis.steps().values().stream()
        .filter(Step.Act.class::isInstance)
        .map(Step.Act.class::cast)
        .filter(
            act ->
                analysis.sources().origin(act.use().action().span()).span().equals(finding.span()))
        .findFirst();
  }

  private String free(String base) {
    String name = base;
    for (int i = 2; sections.at(List.of("guardrails", name)).isPresent(); i++) {
      name = base + i;
    }
    return name;
  }

  /** The class is over when what it is recognised by does not hold any more. */
  private Optional<CodeAction> verification(Diagnostic finding) {
    String name = asked.text().text(finding.span()).strip();
    Optional<Rule> rule =
        analysis.runbook().classify().rules().stream()
            .filter(one -> one.classId().name().equals(name))
            .findFirst();
    if (rule.isEmpty()) {
      return Optional.empty();
    }
    String expectation =
        name + "_over: " + Written.expression("not (" + ExprPrinter.print(rule.get().when()) + ")");
    Optional<YamlNode> verify = sections.at(List.of("verify"));
    Optional<Change> change =
        verify.isPresent()
            ? sections.add(List.of("verify", "expect"), expectation)
            : sections.add(List.of("verify"), "within: 5m\nexpect:\n  " + expectation);
    return action("add an expectation that proves the change", change);
  }
}
