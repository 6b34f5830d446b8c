package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnoseTest {
  private static final String TAIL =
      """
      classify:
        rules:
          - class: broken
            when: false
            confidence: 0.9
            because: never
      remediate:
        broken:
          steps:
            - escalate: never
        unknown:
          advice: Nobody knows
      escalate:
        to:
          mail: {}
      """;

  private static List<List<String>> batches(Lab lab) {
    return lab.commands(Command.Read.class).stream()
        .map(read -> read.calls().stream().map(Command.ReadCall::read).toList())
        .toList();
  }

  @Test
  void independentFactsAreReadInOneBatchAndDependentOnesAfterIt() {
    Lab lab =
        Lab.of(
                """
                diagnose:
                  later:
                    uses: lab.box
                    with:
                      box: ${alias}
                  box:
                    uses: lab.box
                    with:
                      box: ${target}
                  found:
                    uses: lab.find
                    with:
                      label: red
                  alias: box
                """,
                TAIL)
            .fact("box", Sections.BROKEN_BOX)
            .fact("later", Sections.BROKEN_BOX)
            .is("found", Value.NULL);

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(batches(lab)).containsExactly(List.of("box", "found"), List.of("later"));
  }

  @Test
  void aFactWhoseConditionIsFalseIsNullAndNotRead() {
    Lab lab =
        Lab.of(
                """
                diagnose:
                  box:
                    uses: lab.box
                    when: inputs.name == "b2"
                    with:
                      box: ${target}
                """,
                TAIL,
                "postmortem: { is: \"${box == null}\" }\n")
            .fact("box", Sections.BROKEN_BOX);

    assertThat(lab.value("is")).isEqualTo(Value.TRUE);
    assertThat(batches(lab)).isEmpty();
  }

  @Test
  void aFactThatCannotBeReadIsWhatStandsInItsPlaceElseUnavailable() {
    Lab lab =
        Lab.of(
                """
                diagnose:
                  plain:
                    uses: lab.find
                    with:
                      label: red
                  replaced:
                    uses: lab.find
                    with:
                      label: red
                    otherwise: null
                """,
                TAIL,
                """
                postmortem:
                  plain: ${plain == null}
                  replaced: ${replaced == null}
                """)
            .unavailable("plain", "connection refused")
            .unavailable("replaced", "connection refused");

    assertThat(lab.value("plain")).isEqualTo(Value.of("plain: connection refused"));
    assertThat(lab.value("replaced")).isEqualTo(Value.TRUE);
  }

  @Test
  void aNullInARequiredInputMakesTheFactUnavailable() {
    Lab lab =
        Lab.of(
                """
                diagnose:
                  found:
                    uses: lab.find
                    with:
                      label: red
                  items:
                    uses: lab.item
                    with:
                      item: ${first(found.items)}
                """,
                TAIL,
                "postmortem: { is: \"${items.size}\" }\n")
            .is("found", Value.NULL)
            .fact("items", "name", "x");

    assertThat(lab.value("is").toString()).contains("`item` is null");
    assertThat(batches(lab)).containsExactly(List.of("found"));
  }

  @Test
  void aReadForEachElementYieldsAListInOrder() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                """
                  sizes:
                    uses: lab.item
                    forEach: box.items
                    as: one
                    with:
                      item: ${one}
                """,
                TAIL,
                "postmortem: { sum: \"${sum(sizes, $.size)}\" }\n")
            .fact(
                "box",
                "name",
                "b1",
                "items",
                Lab.list(Lab.item("a", 1, false), Lab.item("b", 2, false)))
            .is("sizes", Lab.list(Lab.item("a", 10, false), Lab.item("b", 20, false)));

    assertThat(lab.value("sum")).isEqualTo(Value.of(30));
    assertThat(batches(lab)).containsExactly(List.of("box"), List.of("sizes[0]", "sizes[1]"));
  }

  @Test
  void aGuardedReadThatIsRefusedIsUnavailableAndNeverAsked() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                """
                  found:
                    uses: lab.find
                    with:
                      label: red
                """,
                """
                guardrails:
                  look_opt_in:
                    require: box.tags["look"] == "yes"
                    guards: [lab.find]
                    because: Looking is not allowed on ${box.name}
                """,
                TAIL,
                "postmortem: { is: \"${found == null}\" }\n")
            .fact("box", Sections.BROKEN_BOX);

    assertThat(lab.value("is").toString()).contains("Looking is not allowed on b1");
    assertThat(batches(lab)).containsExactly(List.of("box"));
  }

  @Test
  void aReadMayTakeThirtySecondsUnlessItSaysOtherwise() {
    Lab lab =
        Lab.of(
                """
                diagnose:
                  red:
                    uses: lab.find
                    with:
                      label: red
                  blue:
                    uses: lab.find
                    timeout: 90s
                    with:
                      label: blue
                """,
                TAIL)
            .is("red", Value.NULL)
            .is("blue", Value.NULL);

    assertThat(lab.commands(Command.Read.class).get(0).calls())
        .extracting(Command.ReadCall::timeout)
        .containsExactly(Lab.duration("30s"), Lab.duration("90s"));
  }

  @Test
  void defaultsOfAFamilyFillInputsAndAWrittenNullUnsetsThem() {
    Lab lab =
        Lab.of(
                """
                defaults:
                  lab:
                    box: ${target}
                diagnose:
                  given:
                    uses: lab.box
                  unset:
                    uses: lab.box
                    with:
                      box: null
                """,
                TAIL)
            .fact("given", Sections.BROKEN_BOX)
            .fact("unset", Sections.BROKEN_BOX);

    List<Command.ReadCall> calls = lab.commands(Command.Read.class).get(0).calls();
    assertThat(calls.get(0).input().get("box")).isEqualTo(Lab.struct("name", "b1"));
    assertThat(calls.get(1).input().get("box")).isEqualTo(Value.NULL);
    assertThat(calls.get(1).input().get("deep")).isEqualTo(Value.FALSE);
  }
}
