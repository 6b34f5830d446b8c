package io.byteport.cli.gallery;

import static j2html.TagCreator.a;
import static j2html.TagCreator.article;
import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import j2html.tags.specialized.ArticleTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The gallery as one page of HTML that needs nothing beside it: style and the little script that
 * filters are in it, and nothing is fetched.
 */
public final class GallerySite {
  private final List<Sheet> sheets;

  private GallerySite(List<Sheet> sheets) {
    this.sheets = sheets;
  }

  /** The page. */
  public static String of(List<Sheet> sheets) {
    return new GallerySite(List.copyOf(sheets)).page() + "\n";
  }

  private String page() {
    return document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    title("BytePort runbooks"),
                    style(rawHtml(resource("gallery.css") + resource("sheet.css")))),
                body(
                    a("Skip to the runbooks").withHref("#runbooks").withClass("skip-link"),
                    contents(),
                    main(each(sheets, GallerySite::runbook)).withId("runbooks"),
                    script(rawHtml(resource("gallery.js")))))
            .withLang("en"));
  }

  private DomContent contents() {
    return header(
        h1("Runbooks"),
        label(text("Filter "), input().withType("search").withId("filter"))
            .attr("hidden")
            .withId("filtering"),
        nav(each(
                GalleryMarkdown.categories(sheets).entrySet().stream()
                    .map(
                        category ->
                            section(
                                h2(category.getKey()),
                                ul(each(category.getValue(), GallerySite::card))))))
            .attr("aria-label", "Runbooks by category"));
  }

  private static DomContent card(Sheet sheet) {
    Sheet.About about = sheet.about();
    return li(
            a(about.id()).withHref("#" + about.id()),
            text(" "),
            badge(about.severity()),
            about.status().equals("shipped") ? text("") : badge(about.status()),
            p(about.title()))
        .attr("data-words", words(sheet));
  }

  /** What the filter looks through. */
  private static String words(Sheet sheet) {
    return Stream.of(
            Stream.of(sheet.about().id(), sheet.about().title(), sheet.about().category()),
            sheet.about().aliases().stream(),
            sheet.signals().stream().map(Sheet.Signal::name),
            sheet.classes().stream().map(Sheet.Course::classId))
        .flatMap(all -> all)
        .reduce("", (all, word) -> all + " " + word)
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static ArticleTag runbook(Sheet sheet) {
    Sheet.About about = sheet.about();
    return article(
            h2(a(about.id()).withHref("#" + about.id())),
            p(about.title()).withClass("title"),
            p(
                    badge(about.severity()),
                    text(
                        String.join(", ", about.category(), about.status(), about.version())
                            + "; about a "
                            + about.target()
                            + (about.supersedes().isEmpty()
                                ? ""
                                : "; supersedes " + String.join(", ", about.supersedes()))))
                .withClass("facts"),
            about.doc().isEmpty() ? text("") : p(about.doc()),
            SheetHtml.of(sheet))
        .withId(about.id());
  }

  static DomContent badge(String word) {
    return span(word).withClasses("badge", word);
  }

  private static String resource(String name) {
    try (InputStream in = GallerySite.class.getResourceAsStream("/byteport/gallery/" + name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
