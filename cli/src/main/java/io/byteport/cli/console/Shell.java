package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.form;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.input;
import static j2html.TagCreator.kbd;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.link;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.script;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;

import io.byteport.cli.http.Visitor;
import j2html.tags.DomContent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The frame of every page: who and what this is, the menu, and the search. */
final class Shell {
  private final Scene scene;

  private Shell(Scene scene) {
    this.scene = scene;
  }

  /**
   * A whole page.
   *
   * @param section where it belongs; null for none of the menu's
   * @param content begins with a heading of first rank
   */
  static String page(Scene scene, @Nullable Section section, String title, DomContent... content) {
    return new Shell(scene).page(section, title, content);
  }

  private String page(@Nullable Section section, String title, DomContent... content) {
    return document(
        html(
                headOf(
                    Safe.visible(title)
                        + " · "
                        + Safe.visible(scene.agent())
                        + (scene.live() ? "" : " (dry run)")),
                body(
                    a("Skip to the content").withHref("#content").withClass("skip-link"),
                    top(section),
                    banner(),
                    main(content).withId("content").attr("tabindex", "-1"),
                    foot()))
            .withLang("en"));
  }

  /** What a browser is told before it sees anything. */
  static DomContent headOf(String title) {
    return head(
        meta().withCharset("utf-8"),
        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
        meta().withName("color-scheme").withContent("light dark"),
        title(title),
        link().withRel("icon").withType("image/svg+xml").withHref(Assets.ICON.path()),
        link().withRel("stylesheet").withHref(Assets.STYLE.path()),
        script().withSrc(Assets.SCRIPT.path()).attr("defer"));
  }

  private DomContent top(@Nullable Section section) {
    return header(
            a(text("BytePort"), span(Safe.text(" " + scene.agent())).withClass("agent"))
                .withHref("/")
                .withClass("home"),
            nav(ul(each(Arrays.asList(Section.values()), each -> entry(each, section))))
                .attr("aria-label", "Main"),
            form(
                    label("Search runs").withFor("search").withClass("hidden"),
                    input()
                        .withType("search")
                        .withId("search")
                        .withName("q")
                        .withPlaceholder("Search runs  /")
                        .attr("aria-keyshortcuts", "/"))
                .withAction("/runs")
                .attr("role", "search"))
        .withClass("top");
  }

  private DomContent entry(Section each, @Nullable Section current) {
    var link = a(text(each.title())).withHref(each.path());
    if (each == current) {
      link.attr("aria-current", "page");
    }
    return li(
        each == Section.APPROVALS && scene.questions() > 0
            ? link.with(
                span(String.valueOf(scene.questions())).withClass("count"),
                span(" waiting").withClass("hidden"))
            : link);
  }

  private DomContent banner() {
    return Parts.all(
        div(
                strong(scene.live() ? "LIVE" : "DRY RUN"),
                text(" "),
                Safe.text(
                    scene.live() ? scene.autonomy() : "nothing is changed; plans are shown only"))
            .withClasses("mode", scene.live() ? "live" : "dry")
            .attr("role", "note")
            .attr("aria-label", "Mode"),
        scene.troubles().isEmpty()
            ? text("")
            : div(strong("Not well"), ul(each(scene.troubles(), trouble -> li(Safe.text(trouble)))))
                .withClass("trouble")
                .attr("role", "alert"));
  }

  private DomContent foot() {
    Visitor visitor = scene.visitor();
    return footer(
        p(
            text("Signed in as "),
            strong(Safe.text(visitor.name())),
            text(", " + Words.lower(visitor.role()))),
        visitor.hasSession()
            ? form(Parts.csrf(visitor), button("Log out").withClass("plain"))
                .withAction("/logout")
                .withMethod("post")
            : text(""),
        p(kbd("/"), text(" search, "), kbd("j"), text(" "), kbd("k"), text(" down and up a list"))
            .withClass("keys"),
        p(
            text("Times are local; each shows UTC when pointed at. As of "),
            Parts.dateTime(scene.now()),
            text(".")));
  }
}
