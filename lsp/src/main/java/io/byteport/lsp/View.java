package io.byteport.lsp;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.FileKind;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * One document as it was at one moment, with the project around it: what a request is answered
 * from. Immutable, safe for use by several threads.
 */
public final class View {
  private final SourceFile text;
  private final Texts texts;
  private final FileKind kind;

  /**
   * @param text of the document; its name is its path
   * @param texts of the project at that moment
   */
  public View(SourceFile text, Texts texts) {
    this.text = text;
    this.texts = texts;
    this.kind = FileKind.of(text);
  }

  public SourceFile text() {
    return text;
  }

  public Path path() {
    return Path.of(text.name());
  }

  public FileKind kind() {
    return kind;
  }

  /** The files of the project, and what comes with the program. */
  public Texts texts() {
    return texts;
  }

  public ActionCatalogue catalogue() {
    return texts.loader().catalogue();
  }

  /**
   * The runbook as far as it can be understood as it stands; empty where it is not even YAML, or
   * the document is no runbook.
   */
  public Optional<RunbookAnalysis> analysis() {
    return kind == FileKind.RUNBOOK ? texts.analysis(text) : Optional.empty();
  }

  /** Another document of the same moment. */
  public View of(SourceFile other) {
    return other == text ? this : new View(other, texts);
  }

  public int offset(Position position) {
    return Positions.offset(text, position);
  }

  public Range range(Span span) {
    return Positions.range(text, span);
  }

  /** A place of any file. */
  public static Location location(Origin origin) {
    return new Location(Uris.of(origin.file()), Positions.range(origin.file(), origin.span()));
  }
}
