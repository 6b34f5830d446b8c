package io.byteport.lsp.assist;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.DiagnosticPage;
import io.byteport.dsl.edit.Cursor;
import io.byteport.dsl.edit.Holes;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.schema.Shape.Notation;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.View;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/** What may be written at a place of a file. Pure but for what is understood once and kept. */
public final class Completions {
  private static final Pattern IGNORE =
      Pattern.compile("#\\s*byteport-ignore:?\\s*(?:[\\w-]+\\s*,\\s*)*([\\w-]*)$");
  private static final Pattern START = Pattern.compile("#\\s*([\\w-]*)$");

  private Completions() {}

  /** In the order in which they are likely to be meant. */
  public static List<CompletionItem> at(View view, int offset) {
    Place place = Cursor.at(view.text(), offset);
    Offers offers = new Offers(view);
    Sight sight = new Sight(view, place);
    switch (place.role()) {
      case COMMENT -> comment(place, offers);
      case KEY -> new KeyOffers(sight, offers).all();
      case VALUE -> value(sight, offers);
      case NOTHING -> {}
    }
    return offers.items();
  }

  private static void value(Sight sight, Offers offers) {
    Place place = sight.place();
    Shape shape = sight.shape();
    if (place.bare() && shape.takesMap()) {
      new KeyOffers(sight, offers).all();
    }
    boolean list = shape.takesList() && !shape.takesScalar();
    if (list || (place.bare() && !shape.takesScalar())) {
      return;
    }
    Optional<Span> expression = expression(place, shape);
    if (expression.isPresent()) {
      new ExpressionOffers(sight, offers, expression.get()).all();
    } else {
      new ValueOffers(sight, offers, shape).all();
    }
  }

  /** The part of a value that is the expression at the place. */
  static Optional<Span> expression(Place place, Shape shape) {
    String content = place.content();
    return switch (shape.notation()) {
      case EXPRESSION -> Optional.of(new Span(0, content.codePointCount(0, content.length())));
      case TEMPLATE -> Holes.at(content, place.at());
      case LITERAL -> Optional.empty();
    };
  }

  private static void comment(Place place, Offers offers) {
    String before = place.typed();
    Matcher ignore = IGNORE.matcher(before);
    if (ignore.find()) {
      Span word = new Span(place.offset() - ignore.group(1).length(), place.offset());
      for (DiagnosticCode code : DiagnosticCode.values()) {
        if (code.ignorable()) {
          offers.add(
              Offer.of(code.id(), CompletionItemKind.Constant)
                  .detail(code.title())
                  .doc(DiagnosticPage.of(code).body()),
              word,
              "");
        }
      }
      return;
    }
    Matcher start = START.matcher(before);
    if (start.find()) {
      offers.add(
          Offer.of("byteport-ignore", CompletionItemKind.Keyword)
              .detail("say why a finding does not count")
              .snippet("byteport-ignore: ${1:CODE} ${2:reason}"),
          new Span(place.offset() - start.group(1).length(), place.offset()),
          "");
    }
  }

  static boolean isTemplate(Shape shape) {
    return shape.notation() == Notation.TEMPLATE;
  }
}
