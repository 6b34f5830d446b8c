package io.byteport.dsl.include;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.ignore.Ignores;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of a library as far as it can be read without looking at what it includes.
 *
 * @param root null where the text is no map, or not even YAML
 * @param findings of the YAML, and of the kind of the document
 * @param ignores what comments in it ignore
 */
public record LibraryText(
    SourceFile file, @Nullable YamlMapping root, List<Diagnostic> findings, Ignores ignores) {
  public LibraryText {
    findings = List.copyOf(findings);
  }

  /** Reads a text. */
  static LibraryText of(SourceFile file) {
    Checked<YamlNode> yaml = YamlReader.read(file);
    List<Diagnostic> found = new ArrayList<>(yaml.diagnostics());
    YamlNode root = yaml.valueOrNull();
    if (!(root instanceof YamlMapping mapping)) {
      return new LibraryText(file, null, found, Ignores.NONE);
    }
    misnamed(file, mapping).ifPresent(found::add);
    return new LibraryText(file, mapping, Diagnostics.sort(found), Ignores.read(file, root));
  }

  /** Whether it says that it is a library, and is sound YAML. */
  boolean isReadable() {
    return root != null
        && DocumentKind.of(root).equals(Optional.of(DocumentKind.LIBRARY))
        && findings.stream().noneMatch(Diagnostic::isError);
  }

  /** Its id; empty where it has none. */
  String id() {
    return root == null ? "" : id(root).map(YamlScalar::text).orElse("");
  }

  private static Optional<YamlScalar> id(YamlMapping root) {
    return root.get("metadata")
        .filter(YamlMapping.class::isInstance)
        .flatMap(metadata -> ((YamlMapping) metadata).get("id"))
        .filter(YamlScalar.class::isInstance)
        .map(YamlScalar.class::cast);
  }

  /** Who includes an id looks for the file of that name, so the two are one. */
  private static Optional<Diagnostic> misnamed(SourceFile file, YamlMapping root) {
    String name = file.name().substring(file.name().replace('\\', '/').lastIndexOf('/') + 1);
    String named = name.substring(name.lastIndexOf(':') + 1);
    if (!named.endsWith(Libraries.SUFFIX)
        || !DocumentKind.of(root).equals(Optional.of(DocumentKind.LIBRARY))) {
      return Optional.empty();
    }
    String expected = named.substring(0, named.length() - Libraries.SUFFIX.length());
    return id(root)
        .filter(id -> !id.text().equals(expected))
        .map(
            id ->
                Diagnostic.of(
                    DiagnosticCode.INCLUDE_OTHER_NAME,
                    file,
                    id.span(),
                    "expected the id `"
                        + expected
                        + "`, as the file is called, found `"
                        + id.text()
                        + "`",
                    "call the file `"
                        + id.text()
                        + Libraries.SUFFIX
                        + "`, or give the library the id of its file"));
  }
}
