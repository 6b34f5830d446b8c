package io.byteport.lsp;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.FileKind;
import java.util.List;
import org.eclipse.lsp4j.TextEdit;

/** Lays documents out as {@code byteport fmt} does. Stateless, safe for use by several threads. */
final class FormattingHandler {
  private FormattingHandler() {}

  /** The whole text anew; nothing where it is laid out already, cannot be, or is not ours. */
  static List<TextEdit> format(View view) {
    SourceFile text = view.text();
    if (!FileKind.isOurs(text)) {
      return List.of();
    }
    Checked<String> formatted = Formatter.format(text);
    return formatted
        .value()
        .filter(laidOut -> !laidOut.equals(text.text()))
        .map(laidOut -> List.of(new TextEdit(Positions.whole(text), laidOut)))
        .orElse(List.of());
  }
}
