package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.Verdict;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.Term;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExplainedTest {
  private static final String FACTS =
      Sections.BOX
          + """
            found:
              uses: lab.find
              when: box.ready
              with:
                label: red
            heavy: box.load > 80 and not box.ready
          """;

  private static final String REST =
      """
      classify:
        rules:
          - class: broken
            when: heavy or found != null or heavy
            confidence: 0.9
            because: It is heavy
          - class: red
            when: signal.severity != "info"
            confidence: 0.9
            because: It is red
      guardrails:
        hands_off:
          skip: box.name == "glass"
      remediate:
        broken:
          steps:
            - escalate: It is broken
        red:
          steps:
            - escalate: It is red
        unknown:
          advice: Nobody knows why
      summary: 'load ${box.load} | did: ${join(run.did, ", ")}'
      escalate:
        to:
          mail: {}
        fields:
          name: ${box.name}
          load: ${box.load}
          red: ${found.name}
          signal: ${signal.type}
      """;

  private static Lab lab() {
    return Lab.of(FACTS, REST);
  }

  private static Lab away() {
    return lab().unavailable("box", "connection refused");
  }

  @Test
  void the_terms_of_a_rule_are_kept_and_a_computed_fact_is_opened_once() {
    Lab lab = lab().fact("box", "name", "b1", "ready", false, "load", 90);

    Term term = lab.notes(Note.RuleJudged.class).getFirst().term();

    assertThat(term).isNotNull();
    assertThat(term.kind()).isEqualTo(Term.Kind.ANY);
    assertThat(term.parts())
        .extracting(Term::text, Term::verdict)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("heavy", Verdict.TRUE),
            org.assertj.core.groups.Tuple.tuple("found != null", Verdict.FALSE),
            org.assertj.core.groups.Tuple.tuple("heavy", Verdict.TRUE));
    Term opened = term.parts().getFirst();
    assertThat(opened.parts()).singleElement().extracting(Term::kind).isEqualTo(Term.Kind.ALL);
    assertThat(opened.parts().getFirst().parts().getFirst().parts().getFirst().value())
        .isEqualTo("90");
    assertThat(term.parts().getLast().parts()).isEmpty();
  }

  @Test
  void a_computed_fact_of_which_only_a_field_is_looked_at_is_opened_too() {
    Lab lab =
        Lab.of(
                FACTS + "  nearest: coalesce(found, found)\n",
                REST.replace("heavy or found != null or heavy", "lower(nearest.name) == \"b1\""))
            .fact("box", "name", "b1", "ready", true, "load", 90)
            .fact("found", "name", "B1", "ready", true, "load", 90);

    Term term = lab.notes(Note.RuleJudged.class).getFirst().term();

    assertThat(term).isNotNull();
    assertThat(term.verdict()).isEqualTo(Verdict.TRUE);
    assertThat(terms(term)).extracting(Term::text).contains("nearest", "coalesce(found, found)");
  }

  private static List<Term> terms(Term term) {
    return Stream.concat(
            Stream.of(term), term.parts().stream().flatMap(part -> terms(part).stream()))
        .toList();
  }

  @Test
  void what_stopped_the_search_and_what_is_suspected_stand_in_the_note() {
    Note.Classified classified = away().notes(Note.Classified.class).getLast();

    assertThat(classified.classId()).isEqualTo("unknown");
    assertThat(classified.suspected()).isEqualTo("red");
    assertThat(classified.undecided()).extracting(cause -> cause.name()).contains("box");
    assertThat(classified.needed()).isEqualTo(0.70);
    assertThat(classified.severityBecause()).isEqualTo("as the signal says");
  }

  @Test
  void an_opt_out_that_cannot_be_read_is_undecided_rather_than_refused() {
    assertThat(away().notes(Note.GuardrailJudged.class))
        .first()
        .satisfies(
            note -> {
              assertThat(note.allowed()).isFalse();
              assertThat(note.undecided()).isNotEmpty();
              assertThat(note.term()).isNotNull();
            });
  }

  @Test
  void where_nothing_can_be_read_the_reason_is_said_once() {
    RunReport report = away().report();

    assertThat(report.reason())
        .isEqualTo(
            "The class cannot be decided: 2 facts could not be read: connection refused"
                + " (box, found); `red` is suspected");
    RunReport.Notification notice = report.notices().getFirst();
    assertThat(notice.fields())
        .containsEntry("not known", "name, load, red (connection refused)")
        .containsKey("signal")
        .doesNotContainKeys("name", "load", "red");
  }

  @Test
  void where_nothing_can_be_read_nobody_is_told_that_no_rule_fits() {
    List<String> steps = away().report().notices().getFirst().nextSteps();

    assertThat(steps).doesNotContain("Nobody knows why");
    assertThat(steps.getFirst()).contains("could not be read");
    assertThat(steps.get(1)).contains("`red` is suspected");
  }

  @Test
  void the_summary_has_no_empty_places() {
    assertThat(away().report().summary()).isEqualTo("load ? | did: -");
    assertThat(lab().fact("box", Sections.BROKEN_BOX).is("found", Value.NULL).report().summary())
        .endsWith("did: -");
  }
}
