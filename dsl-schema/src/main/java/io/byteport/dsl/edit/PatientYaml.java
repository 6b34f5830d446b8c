package io.byteport.dsl.edit;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlReader;
import java.util.Optional;

/** Reads text that is being written, {@linkplain Repair mended} where it has to be. Pure. */
public final class PatientYaml {
  private PatientYaml() {}

  /**
   * The root node, every place where it is; empty where mending does not help, or there is nothing.
   */
  public static Optional<YamlNode> read(SourceFile file) {
    return Repair.of(file).flatMap(mended -> YamlReader.read(mended).value());
  }
}
