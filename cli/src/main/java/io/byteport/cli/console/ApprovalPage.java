package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.b;
import static j2html.TagCreator.button;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.section;
import static j2html.TagCreator.small;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;
import static j2html.TagCreator.textarea;
import static j2html.TagCreator.ul;

import io.byteport.cli.story.Brief;
import io.byteport.dsl.agent.AgentConfiguration.Approvals;
import io.byteport.engine.journal.Question;
import io.byteport.engine.run.RunPlan;
import j2html.tags.DomContent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One question: the exact plan, what is otherwise than before, and the answer. */
final class ApprovalPage {
  /** Fields of the form. */
  static final String GUARDRAIL = "guardrail";

  static final String HASH = "hash";
  static final String ANSWER = "answer";
  static final String COMMENT = "comment";
  static final String YES = "yes";
  static final String NO = "no";

  /** Longest comment, characters. */
  static final int COMMENT_LENGTH = 500;

  private static final int INPUT = 2_000;

  private final Scene scene;
  private final Question question;
  private final Approvals approvals;

  private ApprovalPage(Scene scene, Question question, Approvals approvals) {
    this.scene = scene;
    this.question = question;
    this.approvals = approvals;
  }

  static String html(Scene scene, Question question, Approvals approvals) {
    return Shell.page(
        scene,
        Section.APPROVALS,
        "Approve " + question.target(),
        new ApprovalPage(scene, question, approvals).content());
  }

  /** What was said beside yes or no; null for nothing. */
  static @Nullable String comment(Map<String, String> fields) {
    String comment = fields.getOrDefault(COMMENT, "").strip();
    return comment.isEmpty() ? null : Brief.cut(comment, COMMENT_LENGTH);
  }

  private DomContent[] content() {
    return new DomContent[] {
      nav(
              a("Approvals").withHref(Section.APPROVALS.path()),
              text(" / "),
              a(Safe.text(question.run().value())).withHref(Routes.run(question.run())))
          .withClass("path")
          .attr("aria-label", "Where this is"),
      h1("Shall this be done?"),
      p(Safe.text(question.question())).withClass("lead"),
      p(
          strong(Safe.text(question.target())),
          Safe.text(
              ", by "
                  + question.runbook()
                  + (question.plan().classId() == null
                      ? ""
                      : ", class " + question.plan().classId())
                  + ", under "
                  + question.guardrail()
                  + ". Asked "),
          Parts.since(question.askedAt(), scene.now()),
          text("; the run waits until "),
          Parts.dateTime(question.until()),
          text(" (" + ApprovalsPage.left(question, scene.now()) + ").")),
      changes(),
      plan(),
      answer()
    };
  }

  private DomContent changes() {
    return Parts.when(
        !question.changes().isEmpty(),
        () ->
            section(
                    h2("What changed since it was approved before"),
                    ul(each(question.changes(), change -> li(Safe.text(change)))))
                .withClass("changed"));
  }

  private DomContent plan() {
    RunPlan plan = question.plan();
    return section(
        h2("The plan"),
        plan.steps().isEmpty()
            ? Parts.nothing("It changes nothing.")
            : ol(each(plan.steps(), ApprovalPage::step)).withClass("plan"),
        plan.then() == null ? text("") : p(strong("Then "), Safe.text(plan.then())),
        p(small("plan "), code(plan.hash()).withClass("hash")));
  }

  private static DomContent step(RunPlan.Step step) {
    return li(
            div(
                b(Safe.text(step.key())),
                Safe.text(" " + step.action()),
                Parts.when(!step.complete(), () -> Parts.tag("not all is known yet"))),
            Parts.command(step.command()),
            details(summary("Inputs"), pre(Safe.text(ValueText.of(step.input(), INPUT))))
                .attr("open"))
        .withClass("row");
  }

  private DomContent answer() {
    return section(
            h2("Your answer"),
            scene.visitor().mayAnswer(approvals) ? yesOrNo() : mayNot(),
            p(text("It may be answered by " + who() + ".")).withClass("quiet"))
        .withClass("answer");
  }

  private String who() {
    return approvals.approvers().isEmpty()
        ? "everybody who may approve"
        : Safe.visible(String.join(", ", approvals.approvers()));
  }

  private DomContent mayNot() {
    return p(
        text("You may look at this, and not answer it: "),
        Safe.text(scene.visitor().name()),
        text(" is " + Words.lower(scene.visitor().role()) + "."));
  }

  private DomContent yesOrNo() {
    return form(
            Parts.csrf(scene.visitor()),
            hidden(GUARDRAIL, question.guardrail()),
            hidden(HASH, question.hash()),
            p(
                label("Comment, for the journal").withFor(COMMENT),
                textarea()
                    .withId(COMMENT)
                    .withName(COMMENT)
                    .withRows("2")
                    .withMaxlength(String.valueOf(COMMENT_LENGTH))),
            div(
                    button("Yes, do exactly this").withName(ANSWER).withValue(YES).withClass("yes"),
                    button("No, do not").withName(ANSWER).withValue(NO).withClass("no"))
                .withClass("choice"))
        .withAction(Routes.answer(question.run()))
        .withMethod("post");
  }

  private static DomContent hidden(String name, String value) {
    return input().withType("hidden").withName(name).withValue(value);
  }
}
