package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.ParamBinder;
import io.byteport.engine.signal.ParamBinding;
import io.byteport.engine.signal.ParamSources;
import io.byteport.engine.spi.Inventory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What a runbook is configured with. */
final class ParameterOptions {
  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "A parameter of the runbook; `byteport show` lists them. May be repeated.")
  private Map<String, String> given = new LinkedHashMap<>();

  /**
   * The runbook as it is configured by these options and the environment.
   *
   * @throws UsageException naming everything that does not fit
   */
  EnabledRunbook enable(CheckedRunbook runbook, Inventory inventory) {
    ParamSources sources = new ParamSources(given, Map.of(), System.getenv());
    return switch (new ParamBinder(new Evaluator(), inventory).bind(runbook, sources)) {
      case ParamBinding.Bound bound -> new EnabledRunbook(runbook, bound.params());
      case ParamBinding.Refused refused ->
          throw new UsageException(
              refused.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
    };
  }
}
