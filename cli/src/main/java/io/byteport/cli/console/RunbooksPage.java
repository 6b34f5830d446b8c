package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.byteport.cli.gallery.Sheet;
import io.byteport.cli.gallery.SheetHtml;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runbooks that run and those that are left out, and what one of them does. */
final class RunbooksPage {
  private RunbooksPage() {}

  /**
   * A runbook and whether it runs.
   *
   * @param leftOut why it does not; null where it does
   */
  record Shelved(Sheet sheet, @Nullable String leftOut) {}

  static String html(Scene scene, List<Shelved> all) {
    Map<String, List<Shelved>> enabled =
        all.stream()
            .filter(one -> one.leftOut() == null)
            .collect(
                Collectors.groupingBy(
                    one -> one.sheet().about().category(), TreeMap::new, Collectors.toList()));
    List<Shelved> left = all.stream().filter(one -> one.leftOut() != null).toList();
    return Shell.page(
        scene,
        Section.RUNBOOKS,
        "Runbooks",
        h1("Runbooks"),
        section(
            h2(Words.count(all.size() - left.size(), "runbook is enabled", "runbooks are enabled")),
            each(
                enabled.entrySet().stream()
                    .map(
                        category ->
                            Parts.all(
                                h3(Safe.text(category.getKey())).withClass("category"),
                                cards(category.getValue()))))),
        Parts.when(!left.isEmpty(), () -> section(h2(left.size() + " left out"), cards(left))));
  }

  private static DomContent cards(List<Shelved> all) {
    return ul(each(all, one -> li(card(one)).withClass("row"))).withClasses("cards", "gallery");
  }

  private static DomContent card(Shelved one) {
    Sheet.About about = one.sheet().about();
    return Parts.all(
        div(
            a(Safe.text(about.id())).withHref(Routes.runbook(about.id())).withClass("subject"),
            text(" "),
            Parts.tag(about.severity()),
            Parts.when(!about.status().equals("shipped"), () -> Parts.tag(about.status()))),
        div(Safe.text(about.title())),
        one.leftOut() == null
            ? text("")
            : div(text("Left out: "), Safe.text(one.leftOut())).withClass("quiet"));
  }

  /** The page of one. */
  static String one(Scene scene, Shelved one) {
    Sheet.About about = one.sheet().about();
    String leftOut = one.leftOut();
    RunQuery runs = new RunQuery("", "", "", about.id(), "", null);
    return Shell.page(
        scene,
        Section.RUNBOOKS,
        about.id(),
        nav(a("Runbooks").withHref(Section.RUNBOOKS.path()))
            .withClass("path")
            .attr("aria-label", "Where this is"),
        h1(Safe.text(about.id())),
        p(Safe.text(about.title())).withClass("lead"),
        p(
            leftOut == null
                ? Parts.all(strong("Enabled"), text(". "))
                : Parts.all(strong("Left out"), Safe.text(": " + leftOut + ". ")),
            Safe.text(
                String.join(", ", about.category(), about.severity(), about.status())
                    + ", version "
                    + about.version()
                    + "; about a "
                    + about.target()
                    + (about.supersedes().isEmpty()
                        ? ""
                        : "; supersedes " + String.join(", ", about.supersedes()))
                    + ". "),
            a("Its runs").withHref(runs.address())),
        about.doc().isEmpty() ? text("") : p(Safe.text(about.doc())).withClass("lines"),
        section(h2("What it does"), SheetHtml.of(one.sheet())));
  }
}
