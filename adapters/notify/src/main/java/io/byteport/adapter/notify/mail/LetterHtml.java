package io.byteport.adapter.notify.mail;

import static j2html.TagCreator.a;
import static j2html.TagCreator.b;
import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.li;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Span;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.Telling.Link;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A message as a mail in HTML: one column that a telephone can show, styles in place since mail
 * programs take no others, nothing fetched from anywhere. The builder escapes every text. Pure.
 */
final class LetterHtml {
  private static final int MOST = 20_000;
  private static final int FIELD = 2000;
  private static final String FONT =
      "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
  private static final String MONO =
      "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px;";
  private static final String BLOCK =
      MONO
          + "background:#f3f5f7;color:#1d2733;border-radius:6px;padding:10px 12px;margin:0 0 8px;"
          + "white-space:pre-wrap;word-break:break-word;";

  private LetterHtml() {}

  static String of(Telling telling) {
    List<DomContent> parts = new ArrayList<>();
    telling
        .mention()
        .ifPresent(mention -> parts.add(p("For " + mention).withStyle("margin:0 0 12px;")));
    if (telling.own().isPresent()) {
      parts.add(prose(telling.own().get()));
    } else {
      parts.add(chips(telling));
      telling.body().ifPresent(body -> parts.add(prose(body)));
      if (!telling.fields().isEmpty()) {
        parts.add(rows(telling.fields()));
      }
      telling.shown().forEach((name, text) -> parts.addAll(block(name, List.of(text))));
      parts.addAll(steps(telling.steps()));
      parts.addAll(block("By hand", telling.commands()));
      if (!telling.attachments().isEmpty()) {
        parts.add(small("Attached: " + String.join(", ", Letter.attached(telling))));
      }
    }
    parts.add(foot(telling));
    return document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width,initial-scale=1"),
                    title(telling.heading())),
                body(card(telling, parts)).withStyle("margin:0;padding:16px;background:#eef1f4;"))
            .withLang("en"));
  }

  private static DomContent card(Telling telling, List<DomContent> parts) {
    String colour = telling.tone().colour();
    return div(
            h1(telling.tone().symbol() + " " + telling.heading())
                .withStyle("font-size:19px;line-height:1.35;margin:0 0 12px;color:#101820;"),
            each(parts, part -> part))
        .withStyle(
            FONT
                + "max-width:680px;margin:0 auto;background:#ffffff;color:#1d2733;font-size:15px;"
                + "line-height:1.5;border-radius:8px;padding:20px 22px;border-top:6px solid "
                + colour
                + ";");
  }

  private static DomContent chips(Telling telling) {
    List<DomContent> chips = new ArrayList<>();
    chips.add(chip(telling.severity(), telling.tone().colour(), "#ffffff"));
    chips.add(chip(telling.target(), "#e6eaee", "#1d2733"));
    String classId = telling.about().get("class");
    if (classId != null) {
      chips.add(chip(classId, "#e6eaee", "#1d2733"));
    }
    return div(each(chips, chip -> chip)).withStyle("margin:0 0 14px;");
  }

  private static DomContent chip(String text, String background, String colour) {
    return each(
        span(text)
            .withStyle(
                "display:inline-block;background:"
                    + background
                    + ";color:"
                    + colour
                    + ";border-radius:10px;padding:1px 10px;font-size:13px;margin:0 6px 4px 0;"),
        text(" "));
  }

  private static DomContent prose(String said) {
    List<DomContent> paragraphs = new ArrayList<>();
    for (String paragraph : Cut.text(said, MOST).split("\n{2,}", -1)) {
      paragraphs.add(
          p(each(Span.of(paragraph), LetterHtml::styled))
              .withStyle("margin:0 0 12px;white-space:pre-line;word-break:break-word;"));
    }
    return each(paragraphs, paragraph -> paragraph);
  }

  private static DomContent styled(Span piece) {
    return switch (piece.style()) {
      case PLAIN -> text(piece.text());
      case STRONG -> b(piece.text());
      case CODE -> code(piece.text()).withStyle(MONO + "background:#f3f5f7;");
    };
  }

  private static DomContent rows(Map<String, String> fields) {
    String cell = "padding:5px 10px 5px 0;border-bottom:1px solid #e6eaee;vertical-align:top;";
    return table(
            tbody(
                each(
                    fields.entrySet(),
                    field ->
                        tr(
                            th(field.getKey())
                                .withScope("row")
                                .withStyle(
                                    cell
                                        + "text-align:left;font-weight:600;color:#51606f;"
                                        + "white-space:nowrap;"),
                            td(Cut.text(field.getValue(), FIELD))
                                .withStyle(cell + "white-space:pre-wrap;word-break:break-word;")))))
        .withStyle("border-collapse:collapse;width:100%;margin:0 0 14px;font-size:14px;");
  }

  private static List<DomContent> steps(List<String> steps) {
    if (steps.isEmpty()) {
      return List.of();
    }
    return List.of(
        subtitle("Next steps"),
        ul(each(steps, step -> li(each(Span.of(step), LetterHtml::styled))))
            .withStyle("margin:0 0 14px;padding-left:20px;"));
  }

  private static List<DomContent> block(String name, List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    Cut.Part part = Cut.lines(texts, MOST, one -> one);
    List<DomContent> all = new ArrayList<>(List.of(subtitle(name)));
    part.items().forEach(item -> all.add(pre(item).withStyle(BLOCK)));
    if (!part.isWhole()) {
      all.add(small(Cut.more(part.left(), "in the run")));
    }
    return all;
  }

  private static DomContent subtitle(String name) {
    String first = name.isEmpty() ? "" : name.substring(0, 1).toUpperCase(Locale.ROOT);
    return h2(first + name.substring(first.length()))
        .withStyle("font-size:15px;margin:16px 0 6px;color:#101820;");
  }

  private static DomContent small(String said) {
    return p(said).withStyle("font-size:13px;color:#51606f;margin:0 0 10px;");
  }

  private static DomContent foot(Telling telling) {
    return div(
            place(telling.run()),
            text(" · "),
            place(telling.runbook()),
            text(" · " + telling.signal() + " · " + telling.time()))
        .withStyle(
            "font-size:13px;color:#51606f;border-top:1px solid #e6eaee;margin-top:16px;"
                + "padding-top:10px;");
  }

  /** The only links there are. */
  private static DomContent place(Link link) {
    return link.address().isPresent()
        ? a(link.name()).withHref(link.address().get().toString()).withStyle("color:#1f5fa8;")
        : span(text(link.name() + ": "), code(link.text()).withStyle(MONO));
  }
}
