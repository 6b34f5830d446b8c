package io.byteport.lsp.assist;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.edit.LanguageNames;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says where the names of a runbook come from, as Markdown. */
final class Origins {
  private final RunbookAnalysis analysis;

  Origins(RunbookAnalysis analysis) {
    this.analysis = analysis;
  }

  private Runbook runbook() {
    return analysis.runbook();
  }

  private ActionCatalogue catalogue() {
    return analysis.catalogue();
  }

  /** A root of an expression: a fact, or a name of the language. */
  Optional<String> root(String name) {
    return fact(name).or(() -> LanguageNames.doc(name));
  }

  Optional<String> fact(String name) {
    Fact diagnosed = runbook().diagnose().get(name);
    Fact fact = diagnosed == null ? verified(name) : diagnosed;
    return Optional.ofNullable(fact).map(found -> joined(fact(found), lent(found.id().span())));
  }

  private @Nullable Fact verified(String name) {
    Runbook.Verify verify = runbook().verify();
    return verify == null ? null : verify.read().get(name);
  }

  private String fact(Fact fact) {
    return switch (fact) {
      case Fact.Read read -> "Read by `" + read.use().action() + "`. " + doc(read.use());
      case Fact.Computed computed -> "Computed: `" + ExprPrinter.print(computed.expr()) + "`";
      case Fact.Chosen chosen -> "Chosen of " + chosen.choice().options().size() + " values";
    };
  }

  private String doc(Runbook.ActionUse use) {
    return catalogue().action(use.action().name()).map(action -> action.doc()).orElse("");
  }

  Optional<String> param(String name) {
    return Optional.ofNullable(runbook().params().get(name))
        .map(param -> joined(param(param), lent(param.id().span())));
  }

  static String param(Param param) {
    List<String> lines = new ArrayList<>();
    lines.add(param.doc());
    if (!param.words().isEmpty()) {
      lines.add("One of `" + String.join("`, `", param.words()) + "`");
    }
    if (param.defaultValue() instanceof ValueExpr.Constant otherwise) {
      lines.add("Default: `" + Wording.value(otherwise.value()) + "`");
    }
    if (param.minimum() != null || param.maximum() != null) {
      lines.add("From " + bound(param.minimum()) + " to " + bound(param.maximum()));
    }
    if (param.env() != null) {
      lines.add("Environment: `" + param.env() + "`");
    }
    return String.join("\n\n", lines);
  }

  private static String bound(ValueExpr.@Nullable Constant bound) {
    return bound == null ? "any" : "`" + Wording.value(bound.value()) + "`";
  }

  Optional<String> input(String name) {
    return Optional.ofNullable(runbook().inputs().get(name))
        .map(
            input -> {
              List<String> lines = new ArrayList<>();
              lines.add(input.doc() == null ? "Of the signal." : input.doc());
              List<String> labels = input.from().isEmpty() ? List.of(name) : input.from();
              lines.add("From the label `" + String.join("`, else `", labels) + "`");
              if (input.defaultValue() instanceof ValueExpr.Constant otherwise) {
                lines.add("Default: `" + Wording.value(otherwise.value()) + "`");
              }
              return joined(String.join("\n\n", lines), lent(input.id().span()));
            });
  }

  Optional<String> step(String id) {
    return Optional.ofNullable(analysis.steps().get(id)).map(this::step);
  }

  private String step(Step step) {
    return switch (step) {
      case Step.Act act -> "Runs `" + act.use().action() + "`. " + doc(act.use());
      case Step.CallBlock call -> "Calls the block `" + call.block() + "`";
      case Step.Group group -> "A group of " + group.steps().size() + " steps";
      case Step.Match match -> "Chooses by `" + ExprPrinter.print(match.subject()) + "`";
      case Step.Wait wait -> "Waits";
      case Step.Propose propose -> "Proposes `" + propose.use().action() + "`";
      case Step.Record written -> "Records " + String.join(", ", written.fields().keySet());
      case Step.HandOff handOff -> "Hands off to the signal `" + handOff.signal() + "`";
      case Step.Escalate escalate -> "Escalates";
    };
  }

  Optional<String> block(String id) {
    return Optional.ofNullable(runbook().blocks().get(id))
        .map(
            block ->
                joined(
                    block.steps().size()
                        + " steps"
                        + (block.args().isEmpty()
                            ? ""
                            : "; takes `" + String.join("`, `", block.args().keySet()) + "`"),
                    lent(block.id().span())));
  }

  /** A class with its place in the order, its rules and what is done about it. */
  Optional<String> classOf(String id) {
    List<Runbook.Rule> rules = runbook().classify().rules();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      Runbook.Rule rule = rules.get(i);
      if (rule.classId().name().equals(id)) {
        lines.add(
            "Rule "
                + (i + 1)
                + " of "
                + rules.size()
                + ": `"
                + ExprPrinter.print(rule.when())
                + "`");
      }
    }
    Runbook.Remediation remediation = runbook().remediate().get(id);
    if (remediation != null) {
      List<String> steps =
          remediation.steps().stream().map(step -> step.head().id().name()).toList();
      lines.add(
          steps.isEmpty()
              ? "Nothing is done about it."
              : "Then: `" + String.join("`, `", steps) + "`");
    }
    if (lines.isEmpty() && !id.equals("unknown")) {
      return Optional.empty();
    }
    if (id.equals("unknown")) {
      lines.addFirst("What no rule claims, or what cannot be decided.");
    }
    return Optional.of(String.join("\n\n", lines));
  }

  /** The type of a name of a section; unknown where there is none. */
  Optional<Type> type(String section, String name) {
    return switch (section) {
      case "params" -> Optional.ofNullable(analysis.params().get(name));
      case "inputs" -> Optional.ofNullable(analysis.inputs().get(name));
      default -> Optional.ofNullable(analysis.typing().facts().get(name));
    };
  }

  /** The library that lends what stands at a place; empty where it is the runbook's own. */
  private String lent(Span span) {
    Origin origin = analysis.sources().origin(span);
    SourceFile file = origin.file();
    return file == analysis.sources().own() ? "" : "Lent by `" + name(file) + "`";
  }

  private static String name(SourceFile file) {
    String path = file.name().replace('\\', '/');
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String joined(String one, String other) {
    return other.isEmpty() ? one : one + "\n\n" + other;
  }
}
