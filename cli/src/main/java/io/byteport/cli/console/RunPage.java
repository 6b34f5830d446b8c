package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.b;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.byteport.cli.agent.AgentView.Delivery;
import io.byteport.cli.agent.AgentView.Told;
import io.byteport.cli.story.Brief;
import io.byteport.engine.journal.Question;
import io.byteport.engine.run.RunReport;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run: how it ended or where it is, what a human should do, and everything in order. */
final class RunPage {
  private static final int ATTACHMENT = 3_000;
  private static final int ATTACHED = 12_000;

  private final Scene scene;
  private final RunLook look;

  private RunPage(Scene scene, RunLook look) {
    this.scene = scene;
    this.look = look;
  }

  static String html(Scene scene, RunLook look) {
    return Shell.page(
        scene,
        Section.RUNS,
        look.summary().runbook() + " " + look.summary().target(),
        new RunPage(scene, look).content());
  }

  /**
   * What is new since a page was loaded: the head again, and the items of the story that come from
   * later entries. Where the run has ended, nothing says where to listen any more.
   *
   * @param seen how many entries are shown already
   */
  static String news(Scene scene, RunLook look, int seen) {
    RunPage page = new RunPage(scene, look);
    return page.head().render() + page.story(seen).render();
  }

  private DomContent[] content() {
    return new DomContent[] {
      nav(
              a("Runs").withHref(Section.RUNS.path()),
              text(" / "),
              Safe.text(look.summary().id().value()))
          .withClass("path")
          .attr("aria-label", "Where this is"),
      h1(
          Safe.text(look.summary().runbook()),
          text(" "),
          span(Safe.text(look.summary().target())).withClass("target")),
      head(),
      section(
              h2("What happened").withId("story-title"),
              Parts.when(
                  isOpen(),
                  () ->
                      p(
                              text("This run goes on. New entries appear by themselves; "),
                              a("load the page again").withHref(Routes.run(look.summary().id())),
                              text(" where they do not."))
                          .withClass("quiet")
                          .withId("live")),
              story(0))
          .attr("aria-labelledby", "story-title"),
      evidence()
    };
  }

  private boolean isOpen() {
    return look.summary().finishedAt() == null;
  }

  private DomContent story(int from) {
    var story =
        ol(rawHtml(RunStory.html(RunStory.of(look.entries()), from)))
            .withId("story")
            .withClass("story")
            .attr("aria-live", "polite")
            .attr("aria-relevant", "additions")
            .attr("data-seen", String.valueOf(look.entries().size()));
    return isOpen()
        ? story
            .attr("data-events", Routes.events(look.summary().id()))
            .attr("data-news", Routes.news(look.summary().id()))
        : story;
  }

  private DomContent head() {
    return div(
            new RunHead(scene, look).html(),
            each(look.questions(), this::question),
            look.report().map(this::next).orElse(text("")),
            people())
        .withId("head");
  }

  private DomContent question(Question question) {
    return section(
            h2("It waits for an answer"),
            p(Safe.text(question.question())),
            p(
                text("Until "),
                Parts.dateTime(question.until()),
                text(". "),
                a("See the plan and answer")
                    .withHref(Routes.approval(question.run(), question.guardrail()))
                    .withClass("button")))
        .withClass("question");
  }

  private DomContent next(RunReport report) {
    List<String> steps =
        report.notices().stream().flatMap(one -> one.nextSteps().stream()).distinct().toList();
    List<String> commands =
        report.notices().stream().flatMap(one -> one.commands().stream()).distinct().toList();
    return Parts.all(
        list("What was done", report.did()),
        commands("What would have been done", report.planned()),
        list("What was left undone", report.left()),
        Parts.when(
            !steps.isEmpty() || !commands.isEmpty(),
            () ->
                section(
                        h2("What to do next"),
                        Parts.when(
                            !steps.isEmpty(),
                            () -> ol(each(steps, step -> li(Safe.text(step)))).withClass("next")),
                        each(commands, Parts::command))
                    .withClass("todo")));
  }

  private static DomContent list(String title, List<String> texts) {
    return Parts.when(
        !texts.isEmpty(), () -> section(h2(title), ul(each(texts, each -> li(Safe.text(each))))));
  }

  private static DomContent commands(String title, List<String> commands) {
    return Parts.when(
        !commands.isEmpty(), () -> section(h2(title), each(commands, Parts::command)));
  }

  private DomContent people() {
    List<RunReport.Notification> notices = look.report().map(RunReport::notices).orElse(List.of());
    return Parts.when(
        !notices.isEmpty() || !look.told().isEmpty(),
        () ->
            section(
                h2("Who was told"),
                Parts.when(!look.told().isEmpty(), this::deliveries),
                notices(notices)));
  }

  private DomContent deliveries() {
    return Parts.rows(
        "Messages about this run",
        List.of("event", "channel", "delivery", "written"),
        look.told().stream()
            .map(
                told ->
                    List.of(
                        Safe.text(told.event()),
                        Safe.text(told.channel()),
                        delivery(told),
                        Parts.since(told.at(), scene.now())))
            .toList());
  }

  private DomContent delivery(Told told) {
    return Parts.all(
        Deliveries.of(told.delivery()),
        Safe.text(
            (told.attempts() > 1 ? " after " + told.attempts() + " attempts" : "")
                + (told.problem() == null || told.delivery() == Delivery.SENT
                    ? ""
                    : ": " + told.problem())),
        told.nextAt() == null
            ? text("")
            : Parts.all(text(", tried again at "), Parts.clock(told.nextAt())));
  }

  private static DomContent notices(List<RunReport.Notification> notices) {
    List<DomContent> all = new ArrayList<>();
    int room = ATTACHED;
    for (RunReport.Notification notice : notices) {
      List<DomContent> parts = new ArrayList<>();
      notice
          .fields()
          .forEach((name, value) -> parts.add(div(b(Safe.text(name + " ")), Safe.text(value))));
      for (Map.Entry<String, String> attachment : notice.attachments().entrySet()) {
        String text = Brief.cut(attachment.getValue(), ATTACHMENT);
        if (text.length() <= room) {
          room -= text.length();
          parts.add(details(summary(Safe.text(attachment.getKey())), pre(Safe.text(text))));
        } else {
          parts.add(
              div(
                  b(Safe.text(attachment.getKey() + " ")),
                  text("is in the evidence, " + attachment.getValue().length() + " characters")));
        }
      }
      all.add(
          details(
              summary(
                  Safe.text(
                      notice.event()
                          + " to "
                          + String.join(", ", notice.channels().keySet())
                          + ", "
                          + notice.priority())),
              div(
                  notice.details() == null
                      ? text("")
                      : p(Safe.text(notice.details())).withClass("lines"),
                  each(parts, part -> part))));
    }
    return each(all, one -> one);
  }

  private DomContent evidence() {
    return section(
        h2("Evidence"),
        ul(
            Parts.when(
                look.playable(),
                () ->
                    li(
                        a("Evidence of this run").withHref(Routes.evidence(look.summary().id())),
                        text(", a file that "),
                        code("byteport test"),
                        text(" plays"))),
            li(
                a("Its journal").withHref(Routes.journal(look.summary().id())),
                text(", one entry a line, without secrets")),
            li(
                text("On a terminal: "),
                Parts.command("byteport runs show " + look.summary().id().value()))));
  }
}
