package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.RunResult;
import org.junit.jupiter.api.Test;

class DryRunTest {
  private static final String STEPS =
      """
      remediate:
        broken:
          steps:
            - id: pause
              wait: 10m
            - id: mend
              uses: lab.mend
              with:
                box: ${target}
            - id: follow
              when: steps.mend.ok
              uses: lab.mend
              with:
                box: ${target}
                by: ${steps.mend.result.to}
            - id: drop
              forEach: box.items
              uses: lab.drop
              with:
                item: ${item}
      """;

  private static Lab lab(String... more) {
    return Lab.of(
            Sections.BOX,
            Sections.BROKEN,
            String.join("", more),
            STEPS,
            Sections.VERIFY,
            Sections.END,
            """
            notify:
              planned:
                to:
                  room:
                    labels: [ops]
            postmortem:
              did: ${join(run.did, ",")}
              command: ${steps.mend.command}
            """)
        .fact(
            "box",
            "name",
            "b1",
            "ready",
            false,
            "load",
            90,
            "tags",
            Lab.struct(),
            "items",
            Lab.list(Lab.item("a", 1, false), Lab.item("b", 2, false)))
        .dryRun();
  }

  @Test
  void nothingIsChangedAndEverythingIsSaidAsACommand() {
    Lab lab = lab();

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.PLANNED);
    assertThat(lab.commands(Command.Change.class)).isEmpty();
    assertThat(lab.commands(Command.Wait.class)).isEmpty();
    assertThat(lab.planned()).containsExactly("mend", "follow", "drop");
    assertThat(lab.did()).isEmpty();
    assertThat(lab.report().planned())
        .containsExactly("lab mend b1 --by=1", "lab mend b1 --by=1", "lab drop a\nlab drop b");
    assertThat(lab.value("did")).isEqualTo(Value.of("mend,follow,drop"));
    assertThat(lab.value("command")).isEqualTo(Value.of("lab mend b1 --by=1"));
    assertThat(lab.report().notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice.channels()).containsOnlyKeys("room"));
  }

  @Test
  void limitsAndLocksAreLookedAtAndNotTaken() {
    Lab lab =
        lab("guardrails:\n  alone:\n    lock: bench\n  often:\n    limit: 9\n    every: 1h\n");

    assertThat(lab.result()).isEqualTo(RunResult.PLANNED);
    assertThat(lab.commands(Command.CheckGuardrails.class))
        .isNotEmpty()
        .noneMatch(Command.CheckGuardrails::takeLocks);
  }

  @Test
  void whatTheLiveRunWouldBeRefusedTheDryRunIsToo() {
    Lab lab =
        lab("guardrails:\n  often:\n    limit: 1\n    every: 1h\n    guards: [mend]\n")
            .used("mend", "1m");

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.report().stoppedBy()).isEqualTo("often");
    assertThat(lab.planned()).isEmpty();
  }

  @Test
  void thePlanUsesUpABudgetAsTheRunWould() {
    Lab lab = lab("guardrails:\n  cap:\n    limit: 1\n    every: 1h\n    guards: [lab.drop]\n");

    assertThat(lab.planned()).containsExactly("mend", "follow");
    assertThat(lab.report().stoppedBy()).isEqualTo("cap");
  }

  @Test
  void nobodyIsAskedForApproval() {
    Lab lab = lab("guardrails:\n  ask:\n    approve: Really?\n");

    assertThat(lab.commands(Command.Ask.class)).isEmpty();
    assertThat(lab.result()).isEqualTo(RunResult.PLANNED);
  }

  @Test
  void whereNothingWouldBeDoneAHumanIsToldSo() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN,
                "remediate:\n  broken:\n    steps:\n      - escalate: For humans\n",
                Sections.VERIFY,
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .dryRun();

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.report().reason()).isEqualTo("For humans");
  }
}
