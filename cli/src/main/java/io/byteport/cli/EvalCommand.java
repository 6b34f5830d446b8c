package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.run.Term;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Evaluates one expression among the names of a runbook. */
@Command(
    name = "eval",
    description = {
      "Evaluate an expression among the names of a runbook, as its rules would.",
      "Exit status 0 when it has a value, 1 if it cannot be decided or has errors, 2 for wrong"
          + " usage."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  byteport eval 'pod.container.exitCode == 1' --runbook my.yaml \\",
      "      --facts f.yaml --namespace production --pod api-1",
      "  byteport eval 'my_fact * 2' --runbook my.yaml --signal s.json --facts f.yaml"
    })
final class EvalCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private IncidentOptions incident = new IncidentOptions();

  @Parameters(paramLabel = "EXPR", description = "An expression, as rules write it.")
  private String text = "";

  @Option(
      names = "--runbook",
      required = true,
      paramLabel = "RUNBOOK",
      description = "The id of a runbook, or a file.")
  private String runbook = "";

  @Spec private CommandSpec spec;

  @Unmatched private List<String> rest = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Language language = Language.load();
    CheckedRunbook checked = language.find(runbook);
    TypedExpr typed = typed(checked);
    Account account =
        new Incidents(language)
            .ofFacts(
                checked,
                incident.signal,
                incident.facts,
                incident.now(),
                rest,
                Complaints.options(spec))
            .play(incident.params);
    Account.Replay replay = account.replayed().orElseThrow();
    Term term = replay.interpreter().expressions(replay.decided()).explain(typed);
    Terminal terminal = common.terminal();
    if (common.output() == Output.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("type", typed.type().toString());
      json.put("term", ExplainJson.term(term));
      Json.write(terminal.out(), json);
    } else {
      print(terminal, term, typed);
    }
    return term.value() == null ? ExitStatus.FINDINGS : ExitStatus.OK;
  }

  private static void print(Terminal terminal, Term term, TypedExpr typed) {
    Lines lines = new Lines(terminal);
    String value = term.value();
    lines.entry(
        0,
        "",
        null,
        value == null ? "cannot be decided: " + Causes.sentence(term.undecided()) : value,
        typed.type().toString());
    new TermTree(lines, Integer.MAX_VALUE).draw(term, 2);
    terminal.out().flush();
  }

  private TypedExpr typed(CheckedRunbook checked) {
    SourceFile file = new SourceFile("expression", text);
    Checked<Expr> parsed =
        ExprParser.parse(file, text, SourceMap.straight(0, text.codePointCount(0, text.length())));
    if (parsed.hasErrors() || parsed.value().isEmpty()) {
      throw new FindingsException(Language.print(parsed.diagnostics(), false).stripTrailing());
    }
    Checked<TypedExpr> typed =
        TypeChecker.check(
            file,
            parsed.value().get(),
            checked.typing().running(),
            io.byteport.dsl.type.Type.Special.ANY);
    if (typed.hasErrors() || typed.value().isEmpty()) {
      throw new FindingsException(Language.print(typed.diagnostics(), false).stripTrailing());
    }
    return typed.value().get();
  }
}
