package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.b;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.text;

import io.byteport.cli.agent.AgentView.Heard;
import io.byteport.cli.agent.AgentView.SourceStatus;
import io.byteport.engine.signal.Signal;
import j2html.tags.DomContent;
import java.util.List;

/** Where signals come from: whether it is well, what was heard, and what became of it. */
final class SourcesPage {
  private SourcesPage() {}

  /**
   * @param heard what it said last, newest first
   */
  record Ear(SourceStatus status, List<Heard> heard) {
    Ear {
      heard = List.copyOf(heard);
    }
  }

  static String html(Scene scene, List<Ear> ears) {
    return Shell.page(
        scene,
        Section.SOURCES,
        "Sources",
        h1("Sources"),
        ears.isEmpty()
            ? Parts.nothing("No source is configured, so only detectors of runbooks start runs.")
            : each(ears, ear -> source(scene, ear)));
  }

  private static DomContent source(Scene scene, Ear ear) {
    SourceStatus status = ear.status();
    return section(
            h2(Safe.text(status.name()), text(" "), Parts.health(status.degraded())),
            status.degraded() == null ? text("") : p(Safe.text(status.degraded())).withClass("ill"),
            p(
                Safe.text(status.type()),
                status.polled() ? text(", polled") : text(""),
                status.webhook() == null
                    ? text("")
                    : Parts.all(text(", called at "), code(Safe.text(status.webhook()))),
                text(". "),
                b(status.firing() + " firing"),
                text(", " + status.heard() + " heard, " + status.refused() + " refused. "),
                status.heardAt() == null
                    ? text("Never heard.")
                    : Parts.all(text("Last heard "), Parts.since(status.heardAt(), scene.now()))),
            ear.heard().isEmpty()
                ? text("")
                : Parts.rows(
                    "What " + Safe.visible(status.name()) + " said last",
                    List.of("heard", "alert", "signal", "what became of it"),
                    ear.heard().stream().map(heard -> row(scene, heard)).toList()))
        .withClass("source");
  }

  private static List<DomContent> row(Scene scene, Heard heard) {
    String signal = heard.signal();
    return List.of(
        Parts.since(heard.at(), scene.now()),
        Parts.all(
            Safe.text(heard.title()),
            text(" "),
            Parts.tag(
                heard.status() == Signal.Status.RESOLVED
                    ? "resolved"
                    : Words.lower(heard.severity()))),
        code(Safe.text(signal == null ? "-" : signal)),
        heard.run() == null
            ? Safe.text(heard.became())
            : div(a(Safe.text(heard.became())).withHref(Routes.run(heard.run()))));
  }
}
