package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.button;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.select;
import static j2html.TagCreator.text;

import io.byteport.engine.journal.RunSummary;
import j2html.tags.DomContent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Runs, newest first, by what is looked for. */
final class RunListPage {
  /** Runs on one page. */
  static final int SIZE = 50;

  private final Scene scene;
  private final RunQuery query;
  private final List<RunSummary> runs;
  private final List<String> runbooks;

  private RunListPage(Scene scene, RunQuery query, List<RunSummary> runs, List<String> runbooks) {
    this.scene = scene;
    this.query = query;
    this.runs = runs;
    this.runbooks = runbooks;
  }

  /**
   * @param runs those of this page and one more where more follow
   * @param runbooks ids that can be chosen from
   */
  static String html(Scene scene, RunQuery query, List<RunSummary> runs, List<String> runbooks) {
    return Shell.page(
        scene, Section.RUNS, "Runs", new RunListPage(scene, query, runs, runbooks).content());
  }

  private DomContent[] content() {
    List<RunSummary> shown = runs.subList(0, Math.min(SIZE, runs.size()));
    return new DomContent[] {
      h1("Runs"),
      filters(),
      shown.isEmpty()
          ? Parts.nothing(
              query.isAny() ? "There are no runs yet." : "No run is like that. Ask for less.")
          : Parts.rows(
              "Runs, newest first",
              List.of("result", "incident", "runbook", "class", "opened"),
              shown.stream().map(this::row).toList()),
      paging(shown)
    };
  }

  private List<DomContent> row(RunSummary run) {
    String reason = run.reason();
    Instant opened = run.openedAt();
    return List.of(
        Parts.all(
            Parts.result(run.result()),
            text(" "),
            Parts.dry(run.mode()),
            Parts.when(run.imported(), () -> Parts.tag("imported"))),
        Parts.all(
            a(Safe.text(run.target())).withHref(Routes.run(run.id())),
            div(Safe.text(reason == null || reason.isEmpty() ? run.signal() : reason))
                .withClass("quiet")),
        Safe.text(run.runbook()),
        code(Safe.text(run.classId() == null ? "-" : run.classId())),
        Parts.since(opened, scene.now()));
  }

  private DomContent filters() {
    return form(
            field("q", "Text", query.words()),
            choice("state", "State", query.state(), List.of(RunQuery.OPEN, RunQuery.ENDED)),
            choice("result", "Result", query.result(), RunQuery.results()),
            choice("runbook", "Runbook", query.runbook(), withChosen()),
            field("target", "Target", query.target()),
            div(
                    button("Show"),
                    text(" "),
                    Parts.when(!query.isAny(), () -> a("Show all").withHref(Section.RUNS.path())))
                .withClass("act"))
        .withAction(Section.RUNS.path())
        .withClass("filters")
        .attr("aria-label", "Filter runs");
  }

  /** A runbook that is not there any more may still be looked for. */
  private List<String> withChosen() {
    return Stream.concat(runbooks.stream(), Stream.of(query.runbook()))
        .filter(id -> !id.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  private static DomContent field(String name, String title, String value) {
    return div(
        label(title).withFor("filter-" + name),
        input()
            .withType("search")
            .withId("filter-" + name)
            .withName(name)
            .withValue(Safe.visible(value)));
  }

  private static DomContent choice(String name, String title, String chosen, List<String> options) {
    return div(
        label(title).withFor("filter-" + name),
        select(
                option("any").withValue(""),
                each(
                    options,
                    each ->
                        each.equals(chosen)
                            ? option(Safe.visible(Words.result(each)))
                                .withValue(each)
                                .attr("selected")
                            : option(
                                    Safe.visible(
                                        name.equals("runbook") ? each : Words.result(each)))
                                .withValue(each)))
            .withId("filter-" + name)
            .withName(name));
  }

  private DomContent paging(List<RunSummary> shown) {
    boolean more = runs.size() > shown.size();
    return nav(p(
            Parts.when(
                query.after() != null,
                () ->
                    Parts.all(a("Newest").withHref(query.fromTheBeginning().address()), text(" "))),
            Parts.when(
                more,
                () -> a("Older").withHref(query.after(shown.getLast()).address()).withRel("next"))))
        .attr("aria-label", "Pages of runs");
  }
}
