package io.byteport.engine.run;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The classification as a person reads it: every rule, what came of it, and why. */
final class DecisionTree {
  private DecisionTree() {}

  static String of(@Nullable Decision decision) {
    if (decision == null) {
      return "nothing was classified";
    }
    StringBuilder out = new StringBuilder();
    for (Note.RuleJudged rule : decision.judged()) {
      out.append(
              switch (rule.verdict()) {
                case TRUE -> "[yes] ";
                case FALSE -> "[no]  ";
                case UNDECIDED -> "[?]   ";
              })
          .append(rule.classId());
      if (!rule.inQuestion()) {
        out.append(" (after the first that held)");
      }
      if (rule.verdict() == Note.Verdict.TRUE) {
        out.append(String.format(Locale.ROOT, " (%.2f)", rule.confidence()));
      }
      if (rule.because() != null) {
        out.append(": ").append(rule.because());
      }
      out.append('\n');
      List<String> lines = rule.explanation().lines().toList();
      lines.forEach(line -> out.append("        ").append(line).append('\n'));
    }
    out.append("=> ").append(decision.classId());
    out.append(String.format(Locale.ROOT, " %.2f", decision.confidence()));
    if (decision.suspected() != null) {
      out.append(", suspected ").append(decision.suspected());
    }
    return out.toString();
  }
}
