package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.sim.Fixture.StepAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private static final String FACTS =
      Sections.BOX
          + """
            found:
              uses: lab.find
              with:
                label: red
          """;

  private static Lab lab(String... more) {
    return Lab.of(
            FACTS,
            Sections.BROKEN,
            """
            remediate:
              broken:
                steps:
                  - id: mend
                    uses: lab.mend
                    with: { box: "${target}" }
                  - id: second
                    uses: lab.mend
                    with: { box: "${target}", by: 2 }
                advice: Look at ${box.name}
            """,
            Sections.VERIFY,
            String.join("", more))
        .fact("box", Sections.BROKEN_BOX)
        .is("found", Value.NULL)
        .step("second", StepAnswer.fails("no such box"));
  }

  private static final String ESCALATE =
      """
      escalate:
        to:
          mail: {}
          chat:
            when: box.load < 10
          page:
            when: found.load > 10
          issue:
            labels: [lab]
            attach: [box.items]
            fields:
              only: here
        priority:
          - { value: P1, when: found.load > 10 }
          - { value: P3 }
        details: ${target.name} said ${steps.second.error}
        fields:
          load: ${box.load}
          owner: ${box.owner}
          red: ${found.name}
        attach: [box.tags]
        nextSteps:
          - Open the box
        commands:
          - lab show ${box.name}
          - lab call ${box.owner}
          - lab say ${"two words"}
      """;

  @Test
  void anEscalationSaysEverythingAHumanNeeds() {
    Lab lab =
        lab(ESCALATE)
            .fact(
                "box",
                "name",
                "b1",
                "ready",
                false,
                "load",
                90,
                "items",
                Lab.list(Lab.item("a", 1, true)),
                "tags",
                Lab.struct("k", "v"));
    List<RunReport.Notification> notices = lab.report().notices();

    assertThat(notices).hasSize(2);
    RunReport.Notification mail = notices.get(0);
    assertThat(mail.channels()).containsOnlyKeys("mail");
    assertThat(mail.event()).isEqualTo("escalated");
    assertThat(mail.priority()).isEqualTo("P3");
    assertThat(mail.title()).isEqualTo("b1 escalated");
    assertThat(mail.details()).isEqualTo("b1 said no such box");
    assertThat(mail.fields())
        .containsEntry("load", "90")
        .containsEntry("owner", "-")
        .containsEntry("red", "-");
    assertThat(mail.attachments().keySet()).containsExactly("decision tree", "plan", "box.tags");
    assertThat(mail.attachments().get("plan"))
        .contains("done")
        .contains("second")
        .contains("no such box");
    assertThat(mail.attachments().get("decision tree")).contains("broken").contains("box.ready");
    assertThat(mail.attachments().get("box.tags")).isEqualTo("k: v");
    assertThat(mail.nextSteps()).containsExactly("Open the box", "Look at b1");
    assertThat(mail.commands())
        .as("one that would print a null is left out, and what is left to do follows")
        .containsExactly("lab show b1", "lab say 'two words'", "lab mend b1 --by=2");
    RunReport.Notification issue = notices.get(1);
    assertThat(issue.channels()).containsEntry("issue", List.of("lab"));
    assertThat(issue.attachments().keySet()).contains("box.items");
    assertThat(issue.fields()).containsEntry("only", "here");
  }

  @Test
  void whoeverIsCalledLearnsWhyWhereTheRunbookSaysNoMore() {
    RunReport report = lab(Sections.END).report();

    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason()).isNotBlank();
    assertThat(report.notices().get(0).details()).isEqualTo(report.reason());
  }

  @Test
  void aChannelWhoseConditionCannotBeDecidedIsNotifiedAndThePriorityIsTheGraver() {
    Lab lab = lab(ESCALATE).unavailable("found", "forbidden");

    assertThat(lab.report().notices().get(0).channels()).containsKeys("mail", "page");
    assertThat(lab.report().notices().get(0).priority()).isEqualTo("P1");
    assertThat(lab.report().notices().get(0).fields().get("red")).contains("forbidden");
  }

  @Test
  void whatIsTheSameIsSaidUnderTheSameKey() {
    Lab usual = lab(Sections.END);
    assertThat(usual.report().notices().get(0).dedupKey()).contains("box/b1").contains("broken");
    assertThat(usual.report().notices().get(0).dedupFor()).isEqualTo(Lab.duration("24h"));
    Lab own = lab("escalate:\n  to:\n    mail: {}\n  dedup:\n    per: [box.load]\n    for: 1h\n");
    assertThat(own.report().notices().get(0).dedupKey()).endsWith("/90");
    assertThat(own.report().notices().get(0).dedupFor()).isEqualTo(Lab.duration("1h"));
  }

  @Test
  void peopleAreToldOfTheBeginningAndOfTheFirstChangeWhenTheyHappen() {
    Lab lab =
        lab(
            Sections.END,
            """
            notify:
              opened:
                to: { chat: {} }
              acting:
                to: { chat: {} }
            """);

    assertThat(lab.notes(Note.Announced.class))
        .extracting(note -> note.notice().event())
        .containsExactly("opened", "acting");
  }

  @Test
  void commandsMayDependOnTheClass() {
    Lab lab =
        lab(
            """
            escalate:
              to:
                mail: {}
              commands:
                broken:
                  - lab repair ${box.name}
                unknown:
                  - lab guess
            """);

    assertThat(lab.report().notices().get(0).commands())
        .startsWith("lab repair b1")
        .doesNotContain("lab guess");
  }

  @Test
  void thePostmortemKeepsTypesAndSaysWhyAnEntryIsMissing() {
    Lab lab =
        lab(
                Sections.END,
                "postmortem:\n"
                    + "  load: ${box.load}\n"
                    + "  red: ${found.load}\n"
                    + "  text: load ${box.load}\n")
            .unavailable("found", "forbidden");

    assertThat(lab.value("load")).isEqualTo(Value.of(90));
    assertThat(lab.value("red")).isEqualTo(Value.of("found: forbidden"));
    assertThat(lab.report().notices().get(0).attachments().get("postmortem"))
        .contains("text: load 90");
  }
}
