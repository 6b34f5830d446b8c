package io.byteport.cli.gallery;

import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/**
 * The flow of a runbook in HTML: signals and facts above, one lane for each class with its steps,
 * and where it leads. It is a list for who hears it read out.
 */
final class FlowDiagram {
  private final Sheet sheet;

  private FlowDiagram(Sheet sheet) {
    this.sheet = sheet;
  }

  static DomContent of(Sheet sheet) {
    return new FlowDiagram(sheet).diagram();
  }

  private DomContent diagram() {
    return div(
            h3("Flow"),
            div(
                    div(each(sheet.signals(), signal -> code(signal.name())))
                        .withClasses("box", "signals"),
                    arrow(),
                    div(text(sheet.facts().size() + " facts")).withClass("box"),
                    arrow(),
                    div(text("first rule that holds")).withClass("box"))
                .withClass("line"),
            ol(each(sheet.classes(), this::lane)).withClass("lanes"))
        .withClass("flow");
  }

  private DomContent lane(Sheet.Course course) {
    return li(
        div(strong(course.classId()), span(confidence(course)).withClass("confidence"))
            .withClasses("box", "class"),
        arrow(),
        course.steps().isEmpty()
            ? div("nothing is done").withClass("quiet")
            : steps(course.steps()),
        arrow(),
        end(course));
  }

  private String confidence(Sheet.Course course) {
    return sheet.rules().all().stream()
        .filter(rule -> rule.classId().equals(course.classId()))
        .map(Sheet.Rule::confidence)
        .findFirst()
        .orElse("");
  }

  private static DomContent steps(List<Sheet.Deed> steps) {
    return ol(each(steps, FlowDiagram::step)).withClass("steps");
  }

  private static DomContent step(Sheet.Deed step) {
    return li(
            step.id().isEmpty() ? text("") : span(step.id()).withClass("id"),
            code(step.what()),
            step.when().isEmpty() ? text("") : p("when " + step.when()).withClass("when"),
            each(
                step.below(),
                branch ->
                    div(
                        branch.label().isEmpty()
                            ? text("")
                            : span(branch.label()).withClass("label"),
                        steps(branch.steps()))))
        .withClasses("step", step.effect().name().toLowerCase(Locale.ROOT))
        .attr("title", effect(step.effect()));
  }

  private static String effect(Sheet.Effect effect) {
    return switch (effect) {
      case READ -> "reads";
      case CHANGE -> "changes";
      case PROPOSE -> "proposes, for a human to accept";
      case PREVIEW -> "shown, never done";
      case CALL -> "a human or another runbook goes on";
      case NONE -> "";
    };
  }

  private DomContent end(Sheet.Course course) {
    if (!course.changes()) {
      return div("a human is called").withClasses("box", "call");
    }
    boolean proof = sheet.verification() != null;
    return div(
        div(proof ? "verified: resolved" : "resolved").withClasses("box", "good"),
        div(sheet.rollback() != null || course.rollback() != null
                ? "else: rolled back, and a human is called"
                : "else: a human is called")
            .withClasses("box", "call"));
  }

  private static DomContent arrow() {
    return span("→").withClass("arrow").attr("aria-hidden", "true");
  }
}
