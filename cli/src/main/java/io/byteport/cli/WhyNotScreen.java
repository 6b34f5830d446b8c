package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Says why a class did not win.
 *
 * @param classId the class that was expected
 */
record WhyNotScreen(Account account, String classId) {

  /**
   * One reason.
   *
   * @param sentence what is so
   * @param otherwise what would have to be otherwise; empty where nothing would help
   */
  private record Reason(String sentence, Optional<WhyNot> otherwise) {}

  private List<Reason> reasons() {
    Note.Classified decided = account.decision();
    if (decided == null) {
      return List.of(new Reason("nothing was classified", Optional.empty()));
    }
    List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < account.rules().size(); i++) {
      if (account.rules().get(i).classId().equals(classId)) {
        reasons.addAll(reasons(account.rules().get(i), account.rules().subList(0, i), decided));
      }
    }
    return reasons;
  }

  private List<Reason> reasons(
      Note.RuleJudged rule, List<Note.RuleJudged> earlier, Note.Classified decided) {
    List<Reason> reasons = new ArrayList<>();
    if (rule.verdict() != Verdict.TRUE) {
      reasons.add(
          new Reason(
              rule.verdict() == Verdict.FALSE
                  ? "its rule does not hold"
                  : "its rule cannot be decided",
              Optional.ofNullable(rule.term()).map(term -> WhyNot.of(term, true))));
    } else if (decided.classId().equals(classId)) {
      Double needed = decided.needed();
      boolean enough = needed == null || decided.confidence() >= needed;
      reasons.add(
          new Reason(
              enough
                  ? "it did win"
                  : String.format(
                      Locale.ROOT,
                      "it did win, but its confidence of %.2f is less than the %.2f that acting"
                          + " takes",
                      decided.confidence(),
                      needed),
              Optional.empty()));
    }
    for (Note.RuleJudged before : earlier) {
      if (!decided.classId().equals(classId)
          && before.verdict() != Verdict.FALSE
          && !before.classId().equals(classId)) {
        reasons.add(
            new Reason(
                "`"
                    + before.classId()
                    + "` stands before it, and its rule "
                    + (before.verdict() == Verdict.TRUE ? "holds" : "cannot be decided"),
                Optional.ofNullable(before.term()).map(term -> WhyNot.of(term, false))));
      }
    }
    return reasons;
  }

  void print(Terminal terminal) {
    Lines lines = new Lines(terminal);
    Note.Classified decided = account.decision();
    lines.entry(
        0,
        classId + ": ",
        Style.BOLD,
        decided == null ? "no decision" : "the class is " + decided.classId(),
        "");
    for (Reason reason : reasons()) {
      lines.blank();
      lines.text(2, null, reason.sentence());
      reason
          .otherwise()
          .ifPresent(
              otherwise -> {
                lines.text(2, Style.FAINT, "it would be otherwise with");
                otherwise.print(lines, 4);
              });
    }
    terminal.out().flush();
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    Note.Classified decided = account.decision();
    json.put("class", decided == null ? null : decided.classId());
    json.put("expected", classId);
    List<Object> list = new ArrayList<>();
    for (Reason reason : reasons()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("reason", reason.sentence());
      reason.otherwise().ifPresent(otherwise -> one.put("otherwise", otherwise.json()));
      list.add(one);
    }
    json.put("reasons", list);
    return json;
  }
}
