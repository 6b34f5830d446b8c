package io.byteport.lsp;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.edit.Symbols;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.Comment;
import io.byteport.dsl.yaml.CommentReader;
import io.byteport.lsp.navigate.Meaning;
import io.byteport.lsp.navigate.Neighbours;
import io.byteport.lsp.navigate.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.DocumentLink;

/** Files and pages that a document names. Stateless, safe for use by several threads. */
final class DocumentLinkHandler {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<>`{}|\\\\^\\[\\]]+");
  private static final Pattern CODE = Pattern.compile("\\bBP-[A-Z]+-[0-9]+\\b");
  private static final Pattern TRAILING = Pattern.compile("[.,;:!?)]+$");

  private DocumentLinkHandler() {}

  static List<DocumentLink> in(View view) {
    List<DocumentLink> links = new ArrayList<>();
    SourceFile text = view.text();
    Symbols symbols = view.texts().symbols(text);
    Neighbours neighbours = new Neighbours(view.texts());
    for (Occurrence one : symbols.occurrences()) {
      target(view, neighbours, symbols, one)
          .filter(file -> file != text)
          .ifPresent(
              file -> links.add(link(view, one.span(), Uris.of(file), "open " + name(file))));
    }
    symbols
        .included()
        .forEach(
            (span, path) ->
                neighbours
                    .fixtures(text, path)
                    .ifPresent(
                        file -> links.add(link(view, span, Uris.of(file), "open " + name(file)))));
    addresses(view, links);
    codes(view, links);
    return links;
  }

  private static DocumentLink link(View view, Span span, String uri, String says) {
    DocumentLink link = new DocumentLink(view.range(span), uri);
    link.setTooltip(says);
    return link;
  }

  private static String name(SourceFile file) {
    return file.name().substring(file.name().lastIndexOf('/') + 1);
  }

  private static Optional<SourceFile> target(
      View view, Neighbours neighbours, Symbols symbols, Occurrence one) {
    return switch (one.kind()) {
      case LIBRARY ->
          one.declares() ? Optional.empty() : neighbours.library(view.text(), one.name());
      case RUNBOOK ->
          !one.declares()
              ? neighbours.runbook(view.text(), one.name())
              : symbols.id().equals(one.name()) ? test(view, one.name()) : Optional.empty();
      case SIGNAL ->
          one.role() == Occurrence.Role.CALL
              ? Meaning.of(view.texts(), view.text(), one).declarations().stream()
                  .map(Place::file)
                  .filter(file -> file != view.text())
                  .findFirst()
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The tests of a runbook, the first by name. */
  private static Optional<SourceFile> test(View view, String id) {
    return view.texts().files().stream()
        .filter(file -> file.text().contains(id))
        .filter(
            file -> {
              Symbols symbols = view.texts().symbols(file);
              return symbols.kind().equals(Optional.of(DocumentKind.RUNBOOK_TEST))
                  && symbols.id().equals(id);
            })
        .min(Comparator.comparing(SourceFile::name));
  }

  /** As they are written; what a template fills in is no address yet. */
  private static void addresses(View view, List<DocumentLink> links) {
    String text = view.text().text();
    if (!text.contains("://")) {
      return;
    }
    Matcher found = ADDRESS.matcher(text);
    while (found.find()) {
      boolean filled = text.startsWith("{", found.end()) || found.group().endsWith("$");
      String address = TRAILING.matcher(found.group()).replaceFirst("");
      if (!filled) {
        int start = text.codePointCount(0, found.start());
        Span span = new Span(start, start + address.codePointCount(0, address.length()));
        links.add(link(view, span, address, "open " + address));
      }
    }
  }

  /** The pages of findings that comments ignore. */
  private static void codes(View view, List<DocumentLink> links) {
    if (!view.text().text().contains("BP-")) {
      return;
    }
    for (Comment comment : CommentReader.read(view.text())) {
      Matcher found = CODE.matcher(comment.text());
      while (found.find()) {
        Optional<DiagnosticCode> code = DiagnosticCode.ofId(found.group());
        if (code.isPresent()) {
          int start = comment.span().start() + 1 + comment.text().codePointCount(0, found.start());
          Span span = new Span(start, start + found.group().length());
          links.add(link(view, span, Uris.of(code.get()), "what " + found.group() + " means"));
        }
      }
    }
  }
}
