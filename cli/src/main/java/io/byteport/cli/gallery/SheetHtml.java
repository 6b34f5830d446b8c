package io.byteport.cli.gallery;

import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.join;
import static j2html.TagCreator.li;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.util.List;

/** What a runbook does, in HTML: its flow and its tables, each under a heading of third rank. */
public final class SheetHtml {
  private SheetHtml() {}

  public static DomContent of(Sheet sheet) {
    return join(
        FlowDiagram.of(sheet),
        Tables.signals(sheet.signals()),
        Tables.rules(sheet.rules()),
        Tables.guardrails(sheet.guardrails()),
        Tables.verification(sheet),
        Tables.calls(sheet.calls()),
        Tables.rows("Inputs", sheet.inputs()),
        Tables.rows("Parameters", sheet.params()),
        Tables.rows("Facts", sheet.facts()),
        needs(sheet),
        tests(sheet.tests()));
  }

  private static DomContent needs(Sheet sheet) {
    var needs = sheet.needs();
    if (needs.resources().isEmpty() && needs.grants().isEmpty() && needs.binaries().isEmpty()) {
      return text("");
    }
    return div(
        h3("Permissions"),
        dl(
            each(
                needs.resources().entrySet().stream()
                    .map(need -> pair(need.getKey(), String.join(", ", need.getValue())))),
            each(
                needs.grants().entrySet().stream()
                    .map(need -> pair(need.getKey(), String.join(", ", need.getValue())))),
            needs.binaries().isEmpty()
                ? text("")
                : pair("programs", String.join(", ", needs.binaries()))));
  }

  private static DomContent pair(String term, String text) {
    return each(dt(code(term)), dd(text));
  }

  private static DomContent tests(List<String> tests) {
    return tests.isEmpty()
        ? text("")
        : Tables.folded(
            tests.size() + (tests.size() == 1 ? " test" : " tests"),
            ul(each(tests, test -> li(test))));
  }
}
