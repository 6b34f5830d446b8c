package io.byteport.lsp;

import io.byteport.dsl.edit.PatientYaml;
import io.byteport.lsp.structure.Folds;
import java.util.List;
import org.eclipse.lsp4j.FoldingRange;

/** What can be folded. Stateless, safe for use by several threads. */
final class FoldingRangeHandler {
  private FoldingRangeHandler() {}

  static List<FoldingRange> in(View view) {
    return PatientYaml.read(view.text()).map(new Folds(view.text())::of).orElse(List.of());
  }
}
