package io.byteport.dsl.check;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlReader;

/** What files mean, without where it stands: the model of a runbook, as far as it can be read. */
public final class Models {
  private Models() {}

  /**
   * Every record of the model in words, in order, its places left out; empty where there is none.
   */
  public static String of(SourceFile file) {
    return YamlReader.read(file)
        .value()
        .flatMap(root -> ModelMapper.map(file, root).value())
        .map(
            runbook ->
                runbook
                    .toString()
                    .replaceAll("Span\\[start=\\d+, end=\\d+\\]", "")
                    .replaceAll("SourceMap@[0-9a-f]+", ""))
        .orElse("");
  }
}
