package io.byteport.cli.gallery;

import static j2html.TagCreator.br;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.join;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The tables of a runbook in HTML; nothing where there is nothing to say. */
final class Tables {
  private Tables() {}

  static DomContent signals(List<Sheet.Signal> signals) {
    return table(
        "Signals",
        List.of("signal", "raised here when", "meaning"),
        signals.stream()
            .map(
                signal ->
                    List.of(
                        code(signal.name()),
                        signal.watch() == null
                            ? text("delivered by an alert source")
                            : code(signal.watch()),
                        text(signal.doc()))));
  }

  static DomContent rules(Sheet.Rules rules) {
    return div(
        table(
            String.format(
                Locale.ROOT,
                "Rules: the first that holds decides, and acts from %.2f on%s",
                rules.least(),
                rules.passes() > 1 ? "; " + rules.passes() + " passes" : ""),
            List.of("class", "confidence", "when", "because"),
            rules.all().stream()
                .map(
                    rule ->
                        List.of(
                            code(rule.classId()),
                            text(rule.confidence()),
                            code(rule.when()),
                            text(rule.because())))));
  }

  static DomContent guardrails(List<Sheet.Guard> guardrails) {
    return table(
        "Guardrails",
        List.of("guardrail", "rule", "guards"),
        guardrails.stream()
            .map(
                guard ->
                    List.of(
                        code(guard.name()),
                        join(
                            GallerySite.badge(guard.kind()),
                            code(guard.rule()),
                            guard.leavesOut() ? text("(else left out)") : text("")),
                        guard.guards().isEmpty()
                            ? text("every change")
                            : code(String.join(", ", guard.guards())))));
  }

  static DomContent verification(Sheet sheet) {
    Sheet.Proof proof = sheet.verification();
    return proof == null
        ? text("")
        : table(
            "Verification" + (proof.times().isEmpty() ? "" : ", " + proof.times()),
            List.of("expectation", "holds when"),
            proof.expectations().stream().map(row -> List.of(code(row.name()), code(row.text()))));
  }

  static DomContent calls(List<Sheet.Call> calls) {
    return table(
        "Who hears of it",
        List.of("event", "channel", "condition"),
        calls.stream()
            .flatMap(
                call ->
                    call.channels().stream()
                        .map(
                            row ->
                                List.of(text(call.event()), text(row.name()), lines(row.text())))));
  }

  static DomContent rows(String title, List<Sheet.Row> rows) {
    return rows.isEmpty()
        ? text("")
        : folded(
            rows.size() + " " + title.toLowerCase(Locale.ROOT),
            j2html.TagCreator.table(
                tbody(
                    each(
                        rows,
                        row ->
                            tr(
                                th(code(row.name())).attr("scope", "row"),
                                td(lines(row.text())))))));
  }

  static DomContent folded(String title, DomContent inside) {
    return details(summary(title), inside);
  }

  private static DomContent table(
      String title, List<String> columns, Stream<? extends List<? extends DomContent>> rows) {
    List<? extends List<? extends DomContent>> all = rows.toList();
    return all.isEmpty()
        ? text("")
        : div(
                h3(title),
                j2html.TagCreator.table(
                    caption(title).withClass("hidden"),
                    thead(tr(each(columns, name -> th(name).attr("scope", "col")))),
                    tbody(each(all, row -> tr(each(row, cell -> td(cell)))))))
            .withClass("wide");
  }

  private static DomContent lines(String text) {
    return each(text.lines().toList(), line -> join(text(line), br()));
  }
}
