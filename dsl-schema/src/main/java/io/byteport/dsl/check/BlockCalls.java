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
    Walk walk = new Walk(subject.runbook().blocks(), findings);
    subject.runbook().blocks().values().forEach(walk::follow);
  }

  /** Follows the calls depth first; a block is followed once. */
  private static final class Walk {
    private final Map<String, Block> blocks;
    private final Findings findings;
    private final List<String> path = new ArrayList<>();
    private final Set<String> followed = new HashSet<>();
    private final Set<String> reported = new HashSet<>();

    Walk(Map<String, Block> blocks, Findings findings) {
      this.blocks = blocks;
      this.findings = findings;
    }

    void follow(Block block) {
      if (!followed.add(block.id().name())) {
        return;
      }
      path.add(block.id().name());
      for (Step.CallBlock call : calls(block.steps())) {
        int start = path.indexOf(call.block().name());
        Block called = blocks.get(call.block().name());
        if (start >= 0) {
          circle(call, path.subList(start, path.size()), reported, findings);
        } else if (called != null) {
          follow(called);
        }
      }
      path.remove(path.size() - 1);
    }
  }

  private static void circle(
      Step.CallBlock call, List<String> circle, Set<String> reported, Findings findings) {
    if (reported.addAll(circle)) {
      findings.add(
          DiagnosticCode.FLOW_CYCLE,
          call.block().span(),
          "expected a block that comes to an end, found the circle `"
              + String.join("` → `", circle)
              + "` → `"
              + circle.get(0)
              + "`",
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
