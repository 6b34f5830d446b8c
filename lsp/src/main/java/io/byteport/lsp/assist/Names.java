package io.byteport.lsp.assist;

import io.byteport.dsl.edit.Outline;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.lsp.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the runbooks and libraries of a project, and those that come with the program, are called.
 */
final class Names {
  private final Texts texts;

  Names(Texts texts) {
    this.texts = texts;
  }

  private List<SourceFile> of(FileKind kind) {
    List<SourceFile> files = new ArrayList<>();
    texts.files().stream().filter(file -> FileKind.of(file) == kind).forEach(files::add);
    files.sort((one, other) -> one.name().compareTo(other.name()));
    if (kind == FileKind.RUNBOOK) {
      files.addAll(texts.shipped());
    }
    return files;
  }

  /** Every runbook by its id; the project's own win. */
  Map<String, Outline> runbooks() {
    Map<String, Outline> found = new LinkedHashMap<>();
    for (SourceFile file : of(FileKind.RUNBOOK)) {
      Outline outline = texts.outline(file);
      if (!outline.id().isEmpty()) {
        found.putIfAbsent(outline.id(), outline);
      }
    }
    return found;
  }

  /** The file of a runbook. */
  Optional<SourceFile> runbook(String id) {
    return of(FileKind.RUNBOOK).stream()
        .filter(file -> texts.outline(file).id().equals(id))
        .findFirst();
  }

  /** The runbook that hears a signal. */
  Optional<Outline> hearing(String signal) {
    return runbooks().values().stream()
        .filter(outline -> outline.signals().containsKey(signal))
        .findFirst();
  }

  /** Libraries of the project by id. */
  Map<String, Outline> libraries() {
    Map<String, Outline> found = new LinkedHashMap<>();
    for (SourceFile file : of(FileKind.LIBRARY)) {
      Outline outline = texts.outline(file);
      found.putIfAbsent(outline.id(), outline);
    }
    return found;
  }
}
