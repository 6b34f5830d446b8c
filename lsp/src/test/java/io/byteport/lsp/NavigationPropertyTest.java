package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.lsp4j.CallHierarchyItem;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever half-typed text they see, the handlers answer, and within the text. */
class NavigationPropertyTest {
  private static final int PREFIXES = 60;
  private static final int DELETIONS = 40;

  private static String text(String name) throws IOException {
    return Files.readString(Path.of("..").resolve(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runbooks-yaml/kubernetes/oom_killed_pod.yaml",
        "runbooks-yaml/kubernetes/oom_killed_pod.test.yaml",
        "runbooks-yaml/kubernetes/memory.library.yaml",
        "examples/agent/agent.yaml"
      })
  void every_prefix_is_answered(String name) throws IOException {
    String whole = text(name);
    int step = Math.max(1, whole.length() / PREFIXES);
    for (int end = 0; end <= whole.length(); end += step) {
      answered(whole.substring(0, end), end);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runbooks-yaml/tls/ssl-cert-auto-rotate.yaml",
        "runbooks-yaml/tls/ssl-cert-auto-rotate.test.yaml",
        "examples/agent/agent.yaml"
      })
  void what_is_left_of_a_text_is_answered(String name) throws IOException {
    String whole = text(name);
    Random random = new Random(7);
    for (int i = 0; i < DELETIONS; i++) {
      int start = random.nextInt(whole.length());
      int end = Math.min(whole.length(), start + random.nextInt(40));
      answered(whole.substring(0, start) + whole.substring(end), start);
    }
  }

  private static void answered(String text, int at) {
    View view = Sample.of(Map.of("typed.yaml", text)).view();
    SourceFile file = view.text();
    int offset = Math.min(text.codePointCount(0, Math.min(at, text.length())), file.length());
    assertThat(DefinitionHandler.at(view, offset)).isNotNull();
    assertThat(ReferencesHandler.at(view, offset, true)).isNotNull();
    ReferencesHandler.highlights(view, offset).forEach(one -> within(file, one.getRange()));
    renamed(view, offset);
    DocumentSymbolHandler.in(view).forEach(one -> within(file, one));
    FoldingRangeHandler.in(view)
        .forEach(
            fold -> {
              assertThat(fold.getStartLine()).isLessThan(fold.getEndLine());
              assertThat(fold.getEndLine()).isLessThan(file.lineCount());
            });
    SelectionRangeHandler.at(view, List.of(0, offset)).forEach(one -> within(file, one.getRange()));
    List<Integer> data = SemanticTokensHandler.in(view, new Span(0, file.length())).getData();
    assertThat(data.size() % 5).isZero();
    assertThat(data).allMatch(number -> number >= 0);
    DocumentLinkHandler.in(view).forEach(link -> within(file, link.getRange()));
    for (CallHierarchyItem item : CallHierarchyHandler.prepare(view, offset)) {
      assertThat(CallHierarchyHandler.incoming(view.texts(), item)).isNotNull();
      assertThat(CallHierarchyHandler.outgoing(view.texts(), item)).isNotNull();
    }
    assertThat(WorkspaceSymbolHandler.find(view.texts(), "a"))
        .hasSizeLessThanOrEqualTo(WorkspaceSymbolHandler.MOST);
  }

  /** Refused or done, but nothing else. */
  private static void renamed(View view, int offset) {
    try {
      assertThat(RenameHandler.rename(view, offset, "another").getChanges()).isNotNull();
    } catch (ResponseErrorException refused) {
      assertThat(refused.getResponseError().getMessage()).endsWith(".");
    }
  }

  private static void within(SourceFile file, DocumentSymbol symbol) {
    within(file, symbol.getRange());
    within(file, symbol.getSelectionRange());
    symbol.getChildren().forEach(child -> within(file, child));
  }

  private static void within(SourceFile file, Range range) {
    Span span = Positions.span(file, range);
    assertThat(Positions.range(file, span)).isEqualTo(range);
  }

  @Test
  void an_outline_is_there_while_a_line_is_no_yaml() {
    View view =
        Sample.of(
                """
                kind: Runbook
                diagnose:
                  a: 1
                  b: "half
                  c: 2
                remediate: {}
                """)
            .view();
    assertThat(DocumentSymbolHandler.in(view))
        .extracting(DocumentSymbol::getName)
        .contains("diagnose");
  }
}
