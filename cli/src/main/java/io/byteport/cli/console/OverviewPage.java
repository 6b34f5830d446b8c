package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.byteport.cli.agent.AgentView.ChannelStatus;
import io.byteport.cli.agent.AgentView.SourceStatus;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.Note;
import j2html.tags.DomContent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes on, what is asked, what was decided, and whether ears and mouth are well. */
final class OverviewPage {
  private final Scene scene;
  private final Overview overview;

  /**
   * @param open runs that go on, newest first
   * @param moreOpen whether more go on than these
   * @param decided runs that have ended, newest first
   * @param policy what holds it back
   */
  record Overview(
      List<OpenRun> open,
      boolean moreOpen,
      List<Question> questions,
      List<Decided> decided,
      List<SourceStatus> sources,
      List<ChannelStatus> channels,
      List<Row> policy) {
    Overview {
      open = List.copyOf(open);
      questions = List.copyOf(questions);
      decided = List.copyOf(decided);
      sources = List.copyOf(sources);
      channels = List.copyOf(channels);
      policy = List.copyOf(policy);
    }
  }

  /**
   * @param since when it entered the phase
   */
  record OpenRun(RunSummary run, Note.Phase phase, Instant since) {}

  /**
   * @param confidence null where nothing was classified
   */
  record Decided(RunSummary run, @Nullable Double confidence) {}

  /** Something that holds less or more back, and what it says. */
  record Row(String name, String text) {}

  private OverviewPage(Scene scene, Overview overview) {
    this.scene = scene;
    this.overview = overview;
  }

  static String html(Scene scene, Overview overview) {
    OverviewPage page = new OverviewPage(scene, overview);
    return Shell.page(
        scene,
        Section.OVERVIEW,
        "Overview",
        h1("Overview"),
        page.questions(),
        page.open(),
        page.decided(),
        div(page.sources(), page.channels()).withClass("two"),
        page.policy());
  }

  private DomContent questions() {
    return Parts.when(
        !overview.questions().isEmpty(),
        () ->
            section(
                    h2(
                        Words.count(
                            overview.questions().size(),
                            "question waits for an answer",
                            "questions wait for an answer")),
                    ul(each(overview.questions(), each -> li(asked(each)).withClass("row")))
                        .withClass("cards"))
                .withClass("question"));
  }

  private DomContent asked(Question question) {
    return ApprovalsPage.card(question, scene.now());
  }

  private DomContent open() {
    return section(
        h2("Open incidents"),
        overview.open().isEmpty()
            ? Parts.nothing("Nothing goes on. All is quiet.")
            : Parts.all(
                ul(each(overview.open(), each -> li(card(each)).withClass("row")))
                    .withClass("cards"),
                Parts.when(
                    overview.moreOpen(),
                    () -> p(a("All that goes on").withHref("/runs?state=open")))));
  }

  private DomContent card(OpenRun open) {
    RunSummary run = open.run();
    return Parts.all(
        div(
            a(Safe.text(run.target())).withHref(Routes.run(run.id())).withClass("subject"),
            text(" "),
            Parts.dry(run.mode())),
        div(
            strong(Words.lower(open.phase())),
            text(" since "),
            Parts.since(open.since(), scene.now())),
        div(
                Safe.text(run.runbook()),
                text(", "),
                Safe.text(run.classId() == null ? "not classified yet" : run.classId()))
            .withClass("quiet"));
  }

  private DomContent decided() {
    return section(
        h2("Recent decisions"),
        overview.decided().isEmpty()
            ? Parts.nothing("Nothing was decided yet.")
            : Parts.all(
                Parts.rows(
                    "Recent decisions",
                    List.of("result", "incident", "class", "confidence", "ended"),
                    overview.decided().stream().map(this::row).toList()),
                p(a("All runs").withHref(Section.RUNS.path()))));
  }

  private List<DomContent> row(Decided decided) {
    RunSummary run = decided.run();
    String reason = run.reason();
    Double confidence = decided.confidence();
    Instant end = run.finishedAt();
    return List.of(
        Parts.all(Parts.result(run.result()), text(" "), Parts.dry(run.mode())),
        Parts.all(
            a(Safe.text(run.target())).withHref(Routes.run(run.id())),
            div(Safe.text(reason == null ? "" : reason)).withClass("quiet")),
        code(Safe.text(run.classId() == null ? "-" : run.classId())),
        text(confidence == null ? "-" : Words.confidence(confidence)),
        Parts.since(end == null ? run.openedAt() : end, scene.now()));
  }

  private DomContent sources() {
    return section(
        h2(a("Sources").withHref(Section.SOURCES.path())),
        overview.sources().isEmpty()
            ? Parts.nothing("No source is configured.")
            : ul(each(
                    overview.sources(),
                    source ->
                        li(
                            Parts.health(source.degraded()),
                            text(" "),
                            strong(Safe.text(source.name())),
                            Safe.text(" " + source.type() + ", " + source.firing() + " firing, "),
                            heard(source.heardAt(), "never heard", "heard "),
                            trouble(source.degraded()))))
                .withClass("plain"));
  }

  private DomContent channels() {
    return section(
        h2(a("Channels").withHref(Section.CHANNELS.path())),
        overview.channels().isEmpty()
            ? Parts.nothing("No channel is configured: nobody is told.")
            : ul(each(
                    overview.channels(),
                    channel ->
                        li(
                            Parts.health(channel.degraded()),
                            text(" "),
                            strong(Safe.text(channel.name())),
                            Safe.text(
                                " "
                                    + channel.type()
                                    + ", "
                                    + channel.waiting()
                                    + " waiting, "
                                    + channel.dead()
                                    + " given up, "),
                            heard(channel.sentAt(), "nothing sent yet", "sent "),
                            trouble(channel.degraded()))))
                .withClass("plain"));
  }

  private DomContent heard(@Nullable Instant at, String never, String word) {
    return at == null ? text(never) : Parts.all(text(word), Parts.since(at, scene.now()));
  }

  private static DomContent trouble(@Nullable String degraded) {
    return degraded == null ? text("") : div(Safe.text(degraded)).withClass("ill");
  }

  private DomContent policy() {
    return Parts.when(
        !overview.policy().isEmpty(),
        () ->
            section(
                h2("How far it may go"),
                ul(each(
                        overview.policy(),
                        row ->
                            li(
                                strong(Safe.text(row.name())),
                                text(" "),
                                span(Safe.text(row.text())))))
                    .withClass("plain")));
  }
}
