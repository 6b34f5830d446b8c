package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Blocks do not call themselves, directly or through others. */
final class BlockCalls implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Set<String> reported = new HashSet<>();
    for (Block block : subject.runbook().blocks().values()) {
      follow(block, new ArrayList<>(), subject.runbook().blocks(), reported, findings);
    }
  }

  private void follow(
      Block block, List<String> path, Map<String, Block> blocks, Set<String> reported, Findings findings) {
    path.add(block.id().name());
    for (Step.CallBlock call : calls(block.steps())) {
      int start = path.indexOf(call.block().name());
      Block called = blocks.get(call.block().name());
      if (start >= 0) {
        circle(call, path.subList(start, path.size()), reported, findings);
      } else if (called != null) {
        follow(called, path, blocks, reported, findings);
      }
    }
    path.remove(path.size() - 1);
  }

  private static void circle(
      Step.CallBlock call, List<String> circle, Set<String> reported, Findings findings) {
    if (reported.addAll(circle)) {
      findings.add(
          DiagnosticCode.FLOW_CYCLE,
          call.block().span(),
          "expected a block that comes to an end, found the circle `" + String.join("` → `", circle) + "` → `" + circle.get(0) + "`",
          "for one more try write a read with `until`, or a wait");
    }
  }

  private static List<Step.CallBlock> calls(List<Step> steps) {
    List<Step.CallBlock> calls = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.CallBlock call) {
        calls.add(call);
      }
      calls.addAll(calls(StepTree.children(step)));
    }
    return calls;
  }
}
