package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunResult;
import org.junit.jupiter.api.Test;

class ClassifyTest {
  private static final String FACTS =
      Sections.BOX
          + """
            found:
              uses: lab.find
              with:
                label: red
          """;

  private static final String TAIL =
      """
      remediate:
        red:
          steps:
            - escalate: It is red
        broken:
          steps:
            - escalate: It is broken
        unknown:
          advice: Nobody knows
      escalate:
        to:
          mail: {}
      """;

  private static String rules(String more) {
    return """
    classify:
    %s  rules:
        - class: red
          when: found != null
          confidence: 0.8
          because: A red one was found
        - class: broken
          when: not box.ready
          confidence: ${box.load / 100}
          because: ${box.name} is broken
    """
        .formatted(more);
  }

  @Test
  void aFieldThatARecordLacksIsNotKnownRatherThanFalse() {
    Lab lab =
        Lab.of(FACTS, rules(""), TAIL)
            .fact("box", "name", "b1", "load", 90)
            .is("found", Value.NULL);

    assertThat(lab.report().classId()).isEqualTo("unknown");
    assertThat(lab.played().state().undecided()).containsExactly("box.ready");
  }

  @Test
  void theFirstRuleThatHoldsWins() {
    Lab lab =
        Lab.of(FACTS, rules(""), TAIL)
            .fact("box", Sections.BROKEN_BOX)
            .fact("found", Sections.BROKEN_BOX);

    assertThat(lab.report().classId()).isEqualTo("red");
    assertThat(lab.report().confidence()).isEqualTo(0.8);
    assertThat(lab.report().reason()).isEqualTo("It is red");
  }

  @Test
  void anUndecidedRuleStopsTheSearchAndNamesTheFactAndTheSuspect() {
    Lab lab =
        Lab.of(FACTS, rules(""), TAIL, "postmortem: { s: \"${run.suspected}\" }\n")
            .fact("box", Sections.BROKEN_BOX)
            .unavailable("found", "connection refused");

    assertThat(lab.report().classId()).isEqualTo("unknown");
    assertThat(lab.played().state().undecided()).containsExactly("found");
    assertThat(lab.report().reason()).contains("found").contains("connection refused");
    assertThat(lab.value("s")).isEqualTo(Value.of("broken"));
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
  }

  @Test
  void belowTheNeededConfidenceNothingIsDone() {
    Lab lab =
        Lab.of(FACTS, rules(""), TAIL)
            .fact("box", "name", "b1", "ready", false, "load", 60)
            .is("found", Value.NULL);

    assertThat(lab.report().classId()).isEqualTo("broken");
    assertThat(lab.report().reason()).contains("0.60").contains("0.70");
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
  }

  @Test
  void whereNoRuleHoldsTheClassIsUnknownAndNothingIsUndecided() {
    Lab lab =
        Lab.of(FACTS, rules(""), TAIL)
            .fact("box", "name", "b1", "ready", true, "load", 10)
            .is("found", Value.NULL);

    assertThat(lab.report().classId()).isEqualTo("unknown");
    assertThat(lab.played().state().undecided()).isEmpty();
    assertThat(lab.report().notices().get(0).nextSteps()).containsExactly("Nobody knows");
  }

  @Test
  void aSecondPassDiagnosesAgainAfterAPause() {
    Lab lab =
        Lab.of(FACTS, rules("  passes: 2\n  every: 20s\n"), TAIL)
            .fact("box", Sections.BROKEN_BOX)
            .unavailable("found", "connection refused")
            .laterUnavailable(null, "1s", "x", "never asked")
            .later(null, "10s", "found", "name", "b7");

    assertThat(lab.played().state().pass()).isEqualTo(2);
    assertThat(lab.report().classId()).isEqualTo("red");
    assertThat(lab.report().duration()).isEqualTo(Lab.duration("20s"));
  }

  @Test
  void aClassThatIsSureOnTheFirstPassIsNotLookedAtAgain() {
    Lab lab =
        Lab.of(FACTS, rules("  passes: 3\n  every: 20s\n"), TAIL)
            .fact("box", Sections.BROKEN_BOX)
            .is("found", Value.NULL);

    assertThat(lab.played().state().pass()).isEqualTo(1);
    assertThat(lab.report().confidence()).isEqualTo(0.9);
  }

  @Test
  void severityThatCannotBeDecidedIsTheGraverOne() {
    String severity =
        """
        severity:
          - value: critical
            when: found.load > 50
          - value: warning
        """;
    Lab unreadable =
        Lab.of(FACTS, severity, rules(""), TAIL)
            .fact("box", Sections.BROKEN_BOX)
            .unavailable("found", "connection refused");
    Lab readable =
        Lab.of(FACTS, severity, rules(""), TAIL)
            .fact("box", Sections.BROKEN_BOX)
            .is("found", Value.NULL);

    assertThat(unreadable.report().severity()).isEqualTo("critical");
    assertThat(readable.report().severity()).isEqualTo("warning");
  }

  @Test
  void everyRuleThatWasLookedAtIsExplainedByItsTerms() {
    Lab lab =
        Lab.of(FACTS, rules(""), TAIL).fact("box", Sections.BROKEN_BOX).is("found", Value.NULL);

    assertThat(lab.notes(Note.RuleJudged.class))
        .extracting(Note.RuleJudged::classId, Note.RuleJudged::verdict)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("red", Note.Verdict.FALSE),
            org.assertj.core.groups.Tuple.tuple("broken", Note.Verdict.TRUE));
    assertThat(lab.notes(Note.RuleJudged.class).get(1).explanation())
        .contains("box.ready")
        .contains("false");
  }
}
