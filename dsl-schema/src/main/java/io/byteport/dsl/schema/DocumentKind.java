package io.byteport.dsl.schema;

import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.Arrays;
import java.util.Optional;

/** What a file may hold, as its {@code kind} says. */
public enum DocumentKind {
  RUNBOOK("Runbook", "runbook.schema.json"),
  LIBRARY("Library", "library.schema.json"),
  RUNBOOK_TEST("RunbookTest", "runbook-test.schema.json"),
  RUNBOOK_FIXTURES("RunbookFixtures", "runbook-fixtures.schema.json"),
  SETTINGS("Settings", "settings.schema.json");

  /** The only version of the language so far. */
  public static final String API_VERSION = "byteport.io/v1";

  private final String word;
  private final String fileName;

  DocumentKind(String word, String fileName) {
    this.word = word;
    this.fileName = fileName;
  }

  /** The value of {@code kind}. */
  public String word() {
    return word;
  }

  /** Where the schema stands among this module's resources. */
  public String resource() {
    return "/byteport/schema/" + fileName;
  }

  /** The kind that a document calls itself, or empty where it names none that is known. */
  public static Optional<DocumentKind> of(YamlNode root) {
    return root instanceof YamlMapping mapping
            && mapping.get("kind").orElse(null) instanceof YamlScalar scalar
        ? Arrays.stream(values()).filter(kind -> kind.word.equals(scalar.text())).findFirst()
        : Optional.empty();
  }
}
