package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one runbook: what it listens to, how it decides, what it may do, what holds it back. */
@Command(
    name = "show",
    description = "Show a runbook: signals, parameters, rules, actions, guardrails.")
final class ShowCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--source", description = "Print the YAML itself.")
  private boolean source;

  @Parameters(paramLabel = "RUNBOOK", description = "The id of a runbook, or a file.")
  private String runbook = "";

  @Override
  public Integer call() throws IOException {
    CheckedRunbook checked = Language.load().find(runbook);
    Terminal terminal = common.terminal();
    if (source) {
      terminal.out().print(checked.source().text());
      terminal.out().flush();
      return ExitStatus.OK;
    }
    if (common.output() == Output.json) {
      Json.write(terminal.out(), RunbookJson.of(checked));
    } else {
      new Page(terminal, checked).print();
    }
    return ExitStatus.OK;
  }

  private record Page(Terminal terminal, CheckedRunbook checked) {

    void print() {
      Runbook book = checked.runbook();
      Runbook.Metadata about = book.metadata();
      say(terminal.styled(Style.BOLD, about.id().name()) + "  " + about.title());
      say(
          terminal.styled(
              Style.FAINT,
              String.join(
                  ", ", about.category(), about.severity(), about.status(), about.version())));
      if (about.doc() != null) {
        say("");
        say(Wrap.at(100, about.doc().strip()));
      }
      title("signals");
      book.detectors()
          .forEach((id, detector) -> row(id, detector.doc() == null ? "" : detector.doc()));
      title("inputs");
      book.inputs()
          .forEach(
              (id, input) ->
                  row(
                      "--" + id,
                      input.type().text()
                          + (input.required() ? ", required" : "")
                          + (input.doc() == null ? "" : ": " + input.doc())));
      if (!book.params().isEmpty()) {
        title("parameters (--param name=value)");
        book.params().forEach((id, param) -> row(id, parameter(param)));
      }
      title("classes, first match wins");
      for (Runbook.Rule rule : book.classify().rules()) {
        row(
            rule.classId().name() + " " + written(rule.confidence().span()),
            written(rule.when().span()));
        Runbook.Remediation remediation = book.remediate().get(rule.classId().name());
        if (remediation != null) {
          remediation.steps().forEach(step -> row("", "→ " + step(step)));
        }
      }
      title("guardrails");
      book.guardrails()
          .values()
          .forEach(guardrail -> row(guardrail.id().name(), guardrail(guardrail)));
      terminal.out().flush();
    }

    private String parameter(Runbook.Param param) {
      return param.type().text()
          + (param.defaultValue() == null ? "" : " = " + written(param.defaultValue().span()))
          + (param.env() == null ? "" : ", from " + param.env())
          + ": "
          + param.doc();
    }

    private String step(Step step) {
      String when = step.head().when() == null ? "" : " when " + written(step.head().when().span());
      return when.isEmpty() ? what(step) : what(step) + when;
    }

    private String what(Step step) {
      return switch (step) {
        case Step.Act act -> act.head().id() + ": " + act.use().action();
        case Step.CallBlock call -> call(call);
        case Step.Group group -> group.head().id() + ": " + names(group.steps());
        case Step.Match match -> "match " + written(match.subject().span());
        case Step.Wait wait -> "wait " + written(wait.duration().span());
        case Step.Propose propose -> "propose " + propose.use().action();
        case Step.Record note -> "record " + String.join(", ", note.fields().keySet());
        case Step.HandOff handOff -> "hand off to " + handOff.signal();
        case Step.Escalate escalate -> "escalate: " + written(escalate.reason().span());
      };
    }

    private String call(Step.CallBlock call) {
      Runbook.Block block = checked.runbook().blocks().get(call.block().name());
      return call.block() + (block == null ? "" : ": " + names(block.steps()));
    }

    private String names(List<Step> steps) {
      return steps.stream().map(this::what).collect(Collectors.joining("; "));
    }

    private String guardrail(Guardrail guardrail) {
      String rule =
          switch (guardrail.rule()) {
            case Guardrail.Skip skip -> "skip where " + written(skip.condition().span());
            case Guardrail.Require require -> "require " + written(require.condition().span());
            case Guardrail.Limit limit ->
                "at most "
                    + written(limit.limit().span())
                    + " every "
                    + written(limit.every().span());
            case Guardrail.Lock lock ->
                "lock " + lock.name() + ", if busy " + lock.busy().name().toLowerCase(Locale.ROOT);
            case Guardrail.Approve approve -> "approve: " + written(approve.question().span());
            case Guardrail.Forbid forbid ->
                "forbid "
                    + (forbid.rules().isEmpty()
                        ? "every change"
                        : forbid.rules().stream()
                            .map(each -> ids(each.verbs()) + " " + ids(each.resources()))
                            .collect(Collectors.joining("; ")));
            case Guardrail.Protect protect -> "never where " + written(protect.condition().span());
          };
      return guardrail.guards().isEmpty() ? rule : rule + " (" + ids(guardrail.guards()) + ")";
    }

    private static String ids(List<Id> ids) {
      return ids.stream().map(Id::name).collect(Collectors.joining(", "));
    }

    private String written(Span span) {
      return checked.source().text(span).strip().replaceAll("\\s+", " ");
    }

    private void title(String title) {
      say("");
      say(terminal.styled(Style.BOLD, title));
    }

    private void row(String name, String text) {
      say(String.format("  %-36s %s", name, text).stripTrailing());
    }

    private void say(String line) {
      terminal.out().println(line);
    }
  }
}
