package io.byteport.engine.run;

import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a block is called with, with the defaults of what is left out. */
final class BlockArguments {
  private BlockArguments() {}

  /** A record by argument; undecided where one of them is. */
  static Evaluation of(
      Runbook.Block block, Step.CallBlock call, Expressions expressions, Locals locals) {
    Map<String, Value> args = new LinkedHashMap<>();
    List<Evaluation.Undecided> undecided = new ArrayList<>();
    for (Runbook.Param param : block.args().values()) {
      String name = param.id().name();
      ValueExpr.Entry given = call.with().get(name);
      Evaluation evaluation =
          given != null
              ? expressions.value(given.value(), locals)
              : param.defaultValue() != null
                  ? expressions.value(param.defaultValue(), Locals.NONE)
                  : Evaluation.of(Value.NULL);
      switch (evaluation) {
        case Evaluation.Known known -> args.put(name, known.value());
        case Evaluation.Undecided not -> undecided.add(not);
      }
    }
    return undecided.isEmpty() ? Evaluation.of(Value.of(args)) : Evaluation.merged(undecided);
  }
}
