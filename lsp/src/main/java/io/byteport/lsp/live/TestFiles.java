package io.byteport.lsp.live;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import io.byteport.lsp.Texts;
import io.byteport.lsp.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which tests there are of a runbook, and which cases in them. Pure. */
public final class TestFiles {
  private TestFiles() {}

  /** The id that a runbook has; empty where it says none. */
  public static Optional<YamlScalar> id(SourceFile runbook) {
    return YamlReader.read(runbook)
        .value()
        .flatMap(root -> child(root, "metadata"))
        .flatMap(metadata -> child(metadata, "id"))
        .filter(YamlScalar.class::isInstance)
        .map(YamlScalar.class::cast);
  }

  private static Optional<YamlNode> child(YamlNode node, String key) {
    return node instanceof YamlMapping mapping ? mapping.get(key) : Optional.empty();
  }

  /** The tests of a runbook that are files of the project, those beside it first. */
  public static List<SourceFile> of(View runbook) {
    return id(runbook.text()).map(id -> of(id.text(), runbook.texts(), runbook)).orElse(List.of());
  }

  private static List<SourceFile> of(String id, Texts texts, View runbook) {
    return texts.files().stream()
        .filter(file -> file.text().contains(id) && FileKind.of(file) == FileKind.TEST)
        .filter(
            file ->
                RunbookTestLoader.runbook(file)
                    .filter(named -> named.name().equals(id))
                    .isPresent())
        .sorted(
            Comparator.comparing((SourceFile file) -> !isBeside(file, runbook))
                .thenComparing(SourceFile::name))
        .toList();
  }

  private static boolean isBeside(SourceFile file, View runbook) {
    return String.valueOf(Path.of(file.name()).getParent())
        .equals(String.valueOf(runbook.path().getParent()));
  }

  /** The names of the cases of a test, as they are written, in order. */
  public static List<YamlScalar> cases(SourceFile test) {
    List<YamlScalar> names = new ArrayList<>();
    YamlReader.read(test)
        .value()
        .flatMap(root -> child(root, "cases"))
        .filter(YamlSequence.class::isInstance)
        .ifPresent(
            cases ->
                ((YamlSequence) cases)
                    .items()
                    .forEach(
                        one ->
                            child(one, "name")
                                .filter(YamlScalar.class::isInstance)
                                .ifPresent(name -> names.add((YamlScalar) name))));
    return names;
  }
}
