package io.byteport.lsp.assist;

import io.byteport.dsl.source.Span;
import io.byteport.lsp.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemLabelDetails;
import org.eclipse.lsp4j.CompletionItemTag;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.InsertTextMode;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Collects what may be written at a place, each label once, the first of a label wins. */
final class Offers {
  private final View view;
  private final List<CompletionItem> items = new ArrayList<>();
  private final Set<String> labels = new HashSet<>();

  Offers(View view) {
    this.view = view;
  }

  /**
   * Adds one.
   *
   * @param replaced what it stands for instead
   * @param before what comes before it in the text, and belongs to what is typed
   */
  void add(Offer offer, Span replaced, String before) {
    add(offer, replaced, before, before + offer.label());
  }

  /**
   * Adds one that is found by another text than its label.
   *
   * @param filter what the text that it stands for is compared with
   */
  void add(Offer offer, Span replaced, String before, String filter) {
    if (offer.label().isBlank() || !labels.add(offer.label())) {
      return;
    }
    CompletionItem item = new CompletionItem(offer.label());
    item.setKind(offer.kind());
    if (!offer.detail().isEmpty()) {
      item.setDetail(offer.detail());
      CompletionItemLabelDetails beside = new CompletionItemLabelDetails();
      beside.setDescription(offer.detail());
      item.setLabelDetails(beside);
    }
    if (!offer.doc().isEmpty()) {
      item.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, offer.doc()));
    }
    item.setSortText(String.format(Locale.ROOT, "%d%04d", offer.rank(), items.size()));
    item.setFilterText(filter);
    item.setInsertTextFormat(
        offer.snippet() ? InsertTextFormat.Snippet : InsertTextFormat.PlainText);
    item.setInsertTextMode(InsertTextMode.AdjustIndentation);
    Range range = view.range(replaced);
    item.setTextEdit(Either.forLeft(new TextEdit(range, before + offer.text())));
    if (!offer.commits().isEmpty()) {
      item.setCommitCharacters(offer.commits().codePoints().mapToObj(Character::toString).toList());
    }
    if (offer.deprecated()) {
      item.setTags(List.of(CompletionItemTag.Deprecated));
    }
    items.add(item);
  }

  /** In the order of their ranks. */
  List<CompletionItem> items() {
    return items.stream().sorted(Comparator.comparing(CompletionItem::getSortText)).toList();
  }
}
