package io.byteport.lsp;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.edit.Outline;
import io.byteport.dsl.edit.Repair;
import io.byteport.dsl.edit.Symbols;
import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.navigate.Declarations.Declaration;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The files of a project at one moment: as the editor has them where they are open, else as they
 * lie on the disk. Immutable, safe for use by several threads.
 */
public final class Texts {
  private final Map<Path, SourceFile> disk;
  private final Map<Path, SourceFile> files;
  private final RunbookLoader loader;
  private final Supplier<List<SourceFile>> shipped;
  private final Analyses analyses;

  /**
   * @param files by absolute path, which is their name too
   * @param loader finds libraries among these files
   * @param shipped the runbooks that come with the program
   */
  public Texts(
      Map<Path, SourceFile> files, RunbookLoader loader, Supplier<List<SourceFile>> shipped) {
    this(files, files, loader, shipped, new Analyses());
  }

  /**
   * @param disk the files as they lie on the disk, of which {@code files} was made
   * @param analyses what was understood before of the same texts with the same libraries
   */
  Texts(
      Map<Path, SourceFile> disk,
      Map<Path, SourceFile> files,
      RunbookLoader loader,
      Supplier<List<SourceFile>> shipped,
      Analyses analyses) {
    this.disk = disk;
    this.files = Map.copyOf(files);
    this.loader = loader;
    this.shipped = shipped;
    this.analyses = analyses;
  }

  /** Every file, in no order. */
  public Collection<SourceFile> files() {
    return files.values();
  }

  /** Those that are not, or not so, on the disk. */
  public List<SourceFile> open() {
    return files.entrySet().stream()
        .filter(file -> disk.get(file.getKey()) != file.getValue())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The text of a file of the project. */
  public Optional<SourceFile> file(Path path) {
    return Optional.ofNullable(files.get(path.toAbsolutePath().normalize()));
  }

  /** The runbooks that come with the program. */
  public List<SourceFile> shipped() {
    return shipped.get();
  }

  /** What the lines of a text declare; looked at once. */
  List<Declaration> declarations(SourceFile text) {
    return analyses.declarations(text);
  }

  /** The names of a text; read once. */
  public Symbols symbols(SourceFile text) {
    return analyses.symbols(text);
  }

  Map<Path, SourceFile> disk() {
    return disk;
  }

  Analyses analyses() {
    return analyses;
  }

  /** Understands runbooks; finds what they include among these files. */
  public RunbookLoader loader() {
    return loader;
  }

  /** The runbook that a text holds, as far as it can be understood; understood once. */
  Optional<RunbookAnalysis> analysis(SourceFile text) {
    return analyses.get(text, loader::analyse);
  }

  /** Of a text that was mended where something is being typed; understood once. */
  public Optional<RunbookAnalysis> mended(SourceFile text) {
    return analyses.mended(text, this::understood);
  }

  private Optional<RunbookAnalysis> understood(SourceFile text) {
    return loader.analyse(text).or(() -> Repair.of(text).flatMap(loader::analyse));
  }

  /** What a text is called and declares, told from its lines. */
  public Outline outline(SourceFile text) {
    return analyses.outline(text);
  }

  /** The ids of the libraries that a file could include. */
  public Collection<String> libraries(SourceFile from) {
    return loader.libraries().known(from);
  }
}
