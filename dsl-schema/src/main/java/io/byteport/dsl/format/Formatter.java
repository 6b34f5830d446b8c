package io.byteport.dsl.format;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/**
 * Lays out runbooks and their tests in the one form that the language has. What it returns means
 * the same as what it was given, has all of its comments, and is what it would return again; it
 * checks all three itself and returns a finding rather than a text that does not hold them. A file
 * that is not sound YAML is not touched; one with faults in its meaning is laid out all the same.
 * Pure, safe for use by several threads.
 */
public final class Formatter {
  private static final int MAX_ROUNDS = 4;

  private Formatter() {}

  /** The laid out text, or no value and the reason. */
  public static Checked<String> format(SourceFile written) {
    SourceFile file = withLineFeeds(written);
    Checked<YamlNode> yaml = YamlReader.read(file);
    YamlNode root = yaml.valueOrNull();
    if (root == null || yaml.hasErrors()) {
      return new Checked<>(null, yaml.diagnostics());
    }
    Optional<DocumentKind> kind = DocumentKind.of(root);
    if (kind.isEmpty() || !(root instanceof YamlMapping mapping)) {
      return new Checked<>(null, SchemaValidator.validate(file, root, DocumentKind.RUNBOOK));
    }
    return settled(file, mapping, Shape.of(kind.get()));
  }

  private static SourceFile withLineFeeds(SourceFile file) {
    return file.text().indexOf('\r') < 0
        ? file
        : new SourceFile(file.name(), file.text().replace("\r\n", "\n").replace('\r', '\n'));
  }

  /** Lays out until nothing changes any more, which is so after one round but for rare comments. */
  private static Checked<String> settled(SourceFile file, YamlMapping root, Shape shape) {
    SourceFile before = file;
    YamlMapping tree = root;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      String text = Printer.print(before, PieceReader.read(before, tree), shape);
      if (text.equals(before.text())) {
        return new Checked<>(text, List.of());
      }
      SourceFile after = new SourceFile(file.name(), text);
      Checked<YamlNode> read = YamlReader.read(after);
      Optional<Span> difference =
          read.valueOrNull() == null || read.hasErrors()
              ? Optional.of(root.entries().getFirst().key().span())
              : Equivalence.difference(root, read.valueOrNull(), shape);
      if (difference.isPresent()) {
        return refused(file, root, difference.get(), orphan(after, read));
      }
      tree = (YamlMapping) read.value().orElseThrow();
      if (!comments(file, root).equals(comments(after, tree))) {
        return refused(file, root, root.entries().getFirst().key().span(), "");
      }
      before = after;
    }
    return refused(file, root, root.entries().getFirst().key().span(), "");
  }

  /** The first alias without an anchor, as it is written; empty where there is none. */
  private static String orphan(SourceFile file, Checked<YamlNode> read) {
    return read.diagnostics().stream()
        .map(diagnostic -> file.text(diagnostic.span()))
        .filter(text -> text.startsWith("*"))
        .findFirst()
        .orElse("");
  }

  private static List<String> comments(SourceFile file, YamlNode root) {
    return Remarks.of(file, root).stream().map(Remark::text).sorted().toList();
  }

  private static Checked<String> refused(
      SourceFile file, YamlMapping root, Span where, String orphan) {
    Optional<Span> alias = Aliases.first(file, root, orphan);
    return new Checked<>(
        null,
        List.of(
            alias
                .map(
                    span ->
                        Diagnostic.of(
                            DiagnosticCode.FORMAT_REFUSED,
                            file,
                            span,
                            "expected anchors that stay before their aliases when fields are put in"
                                + " order, found the alias `"
                                + file.text(span)
                                + "`",
                            "write the value out in its place, or put the field with the anchor"
                                + " where `byteport fmt` would put it"))
                .orElseGet(
                    () ->
                        Diagnostic.of(
                            DiagnosticCode.FORMAT_REFUSED,
                            file,
                            where,
                            "expected a layout that means the same, found that it would change what"
                                + " stands here",
                            "the file is left as it is; this is a fault of `byteport fmt`, please"
                                + " report it"))));
  }
}
