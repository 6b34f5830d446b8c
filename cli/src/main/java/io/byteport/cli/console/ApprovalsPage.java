package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.li;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.byteport.engine.journal.Question;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What runs ask. */
final class ApprovalsPage {
  private ApprovalsPage() {}

  static String html(Scene scene, List<Question> questions) {
    return Shell.page(
        scene,
        Section.APPROVALS,
        "Approvals",
        h1("Approvals"),
        questions.isEmpty()
            ? Parts.nothing("No run asks anything.")
            : ul(each(questions, each -> li(card(each, scene.now())).withClass("row")))
                .withClass("cards"));
  }

  /** A question on one glance, with the way to its plan. */
  static DomContent card(Question question, Instant now) {
    return Parts.all(
        div(
            a(Safe.text(question.question()))
                .withHref(Routes.approval(question.run(), question.guardrail()))
                .withClass("subject")),
        div(
            Safe.text(question.target()),
            text(", "),
            text(
                Words.count(question.plan().steps().size(), "step", "steps")
                    + ", asked "
                    + Words.ago(question.askedAt(), now)
                    + ", "
                    + left(question, now))),
        div(Safe.text(question.runbook() + ", under " + question.guardrail())).withClass("quiet"));
  }

  static String left(Question question, Instant now) {
    Duration left = Duration.between(now, question.until());
    return left.isNegative() ? "its time is over" : Words.roughly(left) + " left";
  }
}
