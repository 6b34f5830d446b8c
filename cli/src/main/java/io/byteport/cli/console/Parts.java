package io.byteport.cli.console;

import static j2html.TagCreator.button;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.input;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.byteport.cli.http.Visitor;
import io.byteport.cli.story.TermLine;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note.Verdict;
import j2html.tags.DomContent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The smallest parts of pages. */
final class Parts {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Parts() {}

  /** A time of the day; the script shows it as the reader's own clock does. */
  static DomContent clock(Instant at) {
    return time(CLOCK.format(at), at, "");
  }

  /** The same with the day. */
  static DomContent dateTime(Instant at) {
    return time(DATE.format(at) + " UTC", at, "day");
  }

  private static DomContent time(String text, Instant at, String kind) {
    var tag = j2html.TagCreator.time(text);
    tag.withDatetime(at.truncatedTo(ChronoUnit.SECONDS).toString());
    tag.withTitle(DATE.format(at) + " UTC");
    return kind.isEmpty() ? tag : tag.withClass(kind);
  }

  /** A moment and how long ago it was. */
  static DomContent since(Instant then, Instant now) {
    return span(dateTime(then), span(" " + Words.ago(then, now)).withClass("quiet"));
  }

  /** As what a run ended, or that it goes on: a sign, a word, a colour. */
  static DomContent result(@Nullable String result) {
    String sign =
        switch (result) {
          case "resolved" -> "✓";
          case "escalated" -> "▲";
          case "skipped" -> "–";
          case "planned" -> "≡";
          case "handedOff" -> "→";
          case "joined" -> "+";
          case null -> "●";
          default -> "·";
        };
    return span(span(sign).attr("aria-hidden", "true"), Safe.text(" " + Words.result(result)))
        .withClasses("result", result == null ? "open" : known(result) ? result : "other");
  }

  private static boolean known(String result) {
    return result.matches("[a-zA-Z]+");
  }

  /** What is said of a run that changes nothing, where most do. */
  static DomContent dry(Mode mode) {
    return mode == Mode.LIVE ? text("") : mode(mode);
  }

  /** Whether a run changes anything. */
  static DomContent mode(Mode mode) {
    return mode == Mode.LIVE
        ? span("live").withClasses("tag", "live")
        : span("dry run").withClasses("tag", "dry");
  }

  /**
   * @param degraded why it is not well; null where it is
   */
  static DomContent health(@Nullable String degraded) {
    return degraded == null
        ? span("✓ well").withClasses("state", "well")
        : span("▲ not well").withClasses("state", "ill");
  }

  static DomContent tag(String word) {
    return span(Safe.text(word)).withClass("tag");
  }

  /** What a condition came to: a sign, which is read out as a word. */
  static DomContent mark(@Nullable Verdict verdict) {
    return span(TermLine.mark(verdict))
        .withClasses("m", style(verdict))
        .attr("role", "img")
        .attr("aria-label", word(verdict));
  }

  private static String style(@Nullable Verdict verdict) {
    return switch (verdict) {
      case TRUE -> "y";
      case FALSE -> "n";
      case UNDECIDED -> "u";
      case null -> "v";
    };
  }

  private static String word(@Nullable Verdict verdict) {
    return switch (verdict) {
      case TRUE -> "holds";
      case FALSE -> "does not hold";
      case UNDECIDED -> "not decided";
      case null -> "is";
    };
  }

  /** A command that can be copied. */
  static DomContent command(String command) {
    return div(
            code(Safe.text(command)),
            button("Copy")
                .withType("button")
                .withClass("copy")
                .attr("hidden")
                .attr("aria-label", "Copy the command"))
        .withClass("command");
  }

  /** What proves that a form was sent from a page of this visitor. */
  static DomContent csrf(Visitor visitor) {
    return input().withType("hidden").withName(Visitor.CSRF_FIELD).withValue(visitor.csrf());
  }

  /**
   * A table whose rows can be walked with the keyboard.
   *
   * @param title what it shows, for who cannot see it
   * @param rows cells by row, as many as there are columns
   */
  static DomContent rows(
      String title, List<String> columns, List<? extends List<? extends DomContent>> rows) {
    return div(table(
            caption(title).withClass("hidden"),
            thead(tr(each(columns, name -> th(name).attr("scope", "col")))),
            tbody(
                each(
                    rows,
                    row ->
                        tr(each(
                                cells(columns, row),
                                cell -> td(cell.content()).attr("data-label", cell.column())))
                            .withClass("row")))))
        .withClass("wide")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", title);
  }

  private record Cell(String column, DomContent content) {}

  private static List<Cell> cells(List<String> columns, List<? extends DomContent> row) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> new Cell(columns.get(i), row.get(i)))
        .toList();
  }

  /** What is said where there is nothing. */
  static DomContent nothing(String text) {
    return p(text).withClass("nothing");
  }

  /** One after the other, with nothing between them and nothing left out. */
  static DomContent all(DomContent... parts) {
    return each(parts);
  }

  /** The content, or nothing. */
  static DomContent when(boolean condition, Supplier<? extends DomContent> content) {
    return condition ? content.get() : text("");
  }
}
