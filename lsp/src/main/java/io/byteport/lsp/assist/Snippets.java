package io.byteport.lsp.assist;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Snippets for clients that cannot fill them in: their first line, with nothing to fill in. */
public final class Snippets {
  private static final Pattern STOP =
      Pattern.compile("(?<!\\\\)\\$(?:[0-9]+|\\{[0-9]+:([^}]*)\\})");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([\\\\$}])");

  private Snippets() {}

  /** The same items as a client takes them. */
  public static List<CompletionItem> asUnderstood(boolean fillsIn, List<CompletionItem> items) {
    if (!fillsIn) {
      items.forEach(Snippets::plain);
    }
    return items;
  }

  private static void plain(CompletionItem item) {
    if (item.getInsertTextFormat() == InsertTextFormat.Snippet) {
      TextEdit edit = item.getTextEdit().getLeft();
      item.setInsertTextFormat(InsertTextFormat.PlainText);
      item.setTextEdit(Either.forLeft(new TextEdit(edit.getRange(), plain(edit.getNewText()))));
    }
  }

  /** The first line of a snippet without its stops. */
  static String plain(String snippet) {
    String first = snippet.lines().findFirst().orElse("");
    String filled =
        STOP.matcher(first)
            .replaceAll(stop -> stop.group(1) == null ? "" : stop.group(1).replace("$", "\\$"));
    return ESCAPE.matcher(filled).replaceAll("$1");
  }
}
