package io.byteport.dsl.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a JSON Schema alone tells of YAML files: the same libraries and the same schema as ours, as
 * they come, with none of our places, words and checks. The measurements compare with it.
 */
final class SchemaAlone {
  private SchemaAlone() {}

  /**
   * Prints how many files there are and how many are bad; exits with 1 if one is.
   *
   * @param args the schema, then a file or a folder of files
   */
  public static void main(String[] args) throws IOException {
    JsonMapper json = new JsonMapper();
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(json.readTree(Files.readString(Path.of(args[0]))));
    List<Path> files;
    try (Stream<Path> found = Files.walk(Path.of(args[1]))) {
      files = found.filter(Files::isRegularFile).toList();
    }
    int bad = 0;
    for (Path file : files) {
      Object document =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      bad += schema.validate(json.valueToTree(document)).isEmpty() ? 0 : 1;
    }
    System.out.println(files.size() + " files, " + bad + " bad");
    System.exit(bad > 0 ? 1 : 0);
  }
}
