package io.byteport.cli;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that was recorded in a file: a bundle of evidence, or the lines that {@code runs show -o
 * json} prints.
 */
final class RecordedFile {
  private RecordedFile() {}

  /** Whether a word on the command line means a file. */
  static boolean isFile(String word) {
    return Files.exists(Path.of(word)) || word.endsWith(".yaml") || word.endsWith(".jsonl");
  }

  /**
   * The entries of the journal, in order, an opening first.
   *
   * @throws UsageException if the file holds no run
   * @throws io.byteport.engine.journal.StoreException if an entry cannot be read
   */
  static List<JournalEntry> read(Path path) throws IOException {
    if (!Files.isReadable(path)) {
      throw new UsageException("no such file, or not readable: " + path);
    }
    JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);
    List<String> lines =
        path.toString().endsWith(".yaml") || path.toString().endsWith(".yml")
            ? evidence(path)
            : Files.readString(path).lines().filter(line -> !line.isBlank()).toList();
    List<JournalEntry> entries = lines.stream().map(codec::read).toList();
    if (entries.isEmpty() || !(entries.getFirst() instanceof Event.Opened)) {
      throw new UsageException(path + " holds no recorded run: it does not begin with an opening");
    }
    return entries;
  }

  private static List<String> evidence(Path path) throws IOException {
    Checked<SourceFile> source = SourceReader.read(path);
    Checked<YamlNode> yaml =
        source
            .value()
            .map(YamlReader::read)
            .orElseGet(() -> new Checked<>(null, source.diagnostics()));
    if (yaml.valueOrNull() instanceof YamlMapping root
        && child(root, "evidence") instanceof YamlMapping evidence
        && child(evidence, "journal") instanceof YamlSequence journal) {
      return journal.items().stream()
          .filter(YamlScalar.class::isInstance)
          .map(line -> ((YamlScalar) line).text())
          .toList();
    }
    throw new UsageException(
        yaml.hasErrors()
            ? Language.print(yaml.diagnostics(), false).stripTrailing()
            : path + " holds no `evidence`; `byteport runs export` writes files that do");
  }

  private static @Nullable YamlNode child(YamlMapping parent, String key) {
    return parent.get(key).orElse(null);
  }
}
