package io.byteport.dsl.yaml;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;

/**
 * Reads YAML 1.2 with positions. A file holds exactly one document; keys are text and stand once in
 * their map; tags and merge keys are refused. Pure and safe for use by several threads.
 */
public final class YamlReader {
  /** How deep maps and lists may nest, those reached through aliases included. */
  public static final int MAX_DEPTH = 100;

  /**
   * How many nodes a document may have, those reached through aliases counted each time. A runbook
   * has a thousand or two; what compares all names of a document with each other stays quick.
   */
  public static final int MAX_NODES = 50_000;

  /** How many code points a text may have. */
  public static final int MAX_LENGTH = 10_000_000;

  private YamlReader() {}

  /**
   * The root node, or no value where the text is empty, is not YAML or passes a limit. A document
   * with a value may have findings too: what they concern is then left out or read as it must have
   * been meant.
   */
  public static Checked<YamlNode> read(SourceFile file) {
    if (file.length() > MAX_LENGTH) {
      return new Checked<>(
          null,
          List.of(
              Diagnostic.of(
                  DiagnosticCode.YAML_LIMIT,
                  file,
                  Span.START,
                  "expected at most " + MAX_LENGTH + " characters, found " + file.length(),
                  "split the file")));
    }
    // One buffer for the whole text: the parser copies what it holds each time that it needs more.
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(file.text().length() + 2)
            .build();
    Composition composition =
        new Composition(file, new Parse(settings).parseString(file.text()).iterator());
    YamlNode root = composition.document();
    return new Checked<>(root, Diagnostics.sort(composition.diagnostics()));
  }
}
