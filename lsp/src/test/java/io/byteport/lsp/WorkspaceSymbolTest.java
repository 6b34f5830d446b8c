package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.edit.SymbolKind;
import io.byteport.dsl.edit.Symbols;
import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.navigate.Declarations;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.junit.jupiter.api.Test;

class WorkspaceSymbolTest {
  private static final Set<SymbolKind> SEEN =
      EnumSet.of(
          SymbolKind.RUNBOOK,
          SymbolKind.PARAMETER,
          SymbolKind.SIGNAL,
          SymbolKind.INPUT,
          SymbolKind.FACT,
          SymbolKind.CLASS,
          SymbolKind.GUARDRAIL,
          SymbolKind.STEP,
          SymbolKind.BLOCK);

  private static final Texts TEXTS =
      Sample.of(
              Map.of(
                  "disk.yaml",
                  """
                  kind: Runbook
                  metadata:
                    id: disk_full
                  diagnose:
                    diskUsed: 1
                    used:
                      uses: host.disk
                  classify:
                    rules:
                      - class: "disk_old"
                  remediate:
                    disk_old:
                      steps:
                        - id: clean_disk
                  """,
                  "x.library.yaml",
                  """
                  kind: Library
                  metadata: { id: x }
                  params:
                    'daily': { type: integer }
                  """))
          .view()
          .texts();

  @Test
  void names_that_hold_the_letters_are_found_the_best_first() {
    assertThat(WorkspaceSymbolHandler.find(TEXTS, "disk"))
        .extracting(one -> one.getName() + " | " + one.getContainerName())
        .containsExactly(
            "diskUsed | fact of disk.yaml",
            "disk_old | class of disk.yaml",
            "disk_full | runbook of disk.yaml",
            "clean_disk | step of disk.yaml");
    assertThat(WorkspaceSymbolHandler.find(TEXTS, "DU"))
        .extracting(WorkspaceSymbol::getName)
        .containsExactly("diskUsed", "disk_full");
    assertThat(WorkspaceSymbolHandler.find(TEXTS, "nowhere")).isEmpty();
  }

  @Test
  void a_name_is_found_where_it_stands() {
    WorkspaceSymbol daily = WorkspaceSymbolHandler.find(TEXTS, "daily").getFirst();
    assertThat(daily.getLocation().getLeft().getRange().toString())
        .contains("line = 3\n    character = 3")
        .contains("character = 8");
  }

  /** What the lines tell of the shipped runbooks is what reading them tells. */
  @Test
  void nothing_is_missed_that_stands_on_a_line_of_its_own() {
    for (SourceFile file : TEXTS.shipped()) {
      Set<String> lines =
          Declarations.in(file).stream()
              .map(one -> one.kind() + " " + one.name() + " " + one.line() + ":" + one.column())
              .collect(Collectors.toSet());
      List<String> read =
          Symbols.of(file).occurrences().stream()
              .filter(one -> one.declares() && SEEN.contains(one.kind()) && isPlain(file, one))
              .map(one -> told(file, one))
              .toList();
      assertThat(lines).as(file.name()).containsAll(read);
    }
  }

  /** Not in braces, not another name, not a fact of a verification. */
  private static boolean isPlain(SourceFile file, Occurrence one) {
    String line = file.line(file.position(one.span().start()).line());
    String before = line.substring(0, file.position(one.span().start()).column()).strip();
    boolean inVerify =
        one.kind() == SymbolKind.FACT
            && file.text().contains("\nverify:")
            && one.span().start() > file.text().indexOf("\nverify:");
    boolean inClass =
        one.kind() == SymbolKind.FACT
            && file.text().contains("\nremediate:")
            && one.span().start() > file.text().indexOf("\nremediate:");
    return !before.contains("{") && !before.contains("[") && !inVerify && !inClass;
  }

  private static String told(SourceFile file, Occurrence one) {
    io.byteport.dsl.source.Position place = file.position(one.span().start());
    return one.kind() + " " + one.name() + " " + place.line() + ":" + place.column();
  }
}
