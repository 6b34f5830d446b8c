package io.byteport.dsl.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A schema that is read from this module's resources when it is first asked for. Only the keywords
 * that our schemas use are known, which makes the start faster. Safe for use by several threads.
 */
final class LoadedSchema {
  private static final List<KeywordType> VALIDATING =
      List.of(
          KeywordType.REF,
          KeywordType.TYPE,
          KeywordType.REQUIRED,
          KeywordType.DEPENDENT_REQUIRED,
          KeywordType.DEPENDENT_SCHEMAS,
          KeywordType.PATTERN,
          KeywordType.PROPERTY_NAMES,
          KeywordType.MINIMUM,
          KeywordType.MAXIMUM,
          KeywordType.MIN_ITEMS,
          KeywordType.MIN_PROPERTIES,
          KeywordType.ONE_OF,
          KeywordType.ALL_OF,
          KeywordType.ADDITIONAL_PROPERTIES,
          KeywordType.PROPERTIES,
          KeywordType.IF_THEN_ELSE,
          KeywordType.ITEMS,
          KeywordType.FALSE);
  private static final List<String> DESCRIBING =
      List.of(
          "$schema",
          "$id",
          "$defs",
          "$comment",
          "title",
          "description",
          "deprecated",
          "then",
          "else");

  private final JsonNode document;
  private final Schema schema;

  /**
   * @param document a schema that uses only the keywords of our dialect
   */
  LoadedSchema(JsonNode document) {
    this.document = document;
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder().pathType(PathType.JSON_POINTER).preloadSchema(false).build();
    this.schema =
        SchemaRegistry.withDialect(dialect(), builder -> builder.schemaRegistryConfig(config))
            .getSchema(document);
  }

  /** JSON Schema 2020-12 as far as our schemas need it. */
  static Dialect dialect() {
    return Dialect.builder("https://json-schema.org/draft/2020-12/schema")
        .specificationVersion(SpecificationVersion.DRAFT_2020_12)
        .idKeyword("$id")
        .keywords(VALIDATING)
        .keyword(new WordsKeyword("enum"))
        .keyword(new WordsKeyword("const"))
        .keyword(new DeprecatedKeyword())
        .keywords(DESCRIBING.stream().map(NonValidationKeyword::new).toList())
        .build();
  }

  static LoadedSchema of(DocumentKind kind) {
    return switch (kind) {
      case RUNBOOK -> RunbookSchema.LOADED;
      case LIBRARY -> LibrarySchema.LOADED;
      case RUNBOOK_TEST -> RunbookTestSchema.LOADED;
      case SETTINGS -> SettingsSchema.LOADED;
      case RUNBOOK_FIXTURES -> RunbookFixturesSchema.LOADED;
    };
  }

  /** What an agent's configuration holds, for those who write it. */
  static LoadedSchema agent() {
    return AgentSchema.LOADED;
  }

  private static final class AgentSchema {
    static final LoadedSchema LOADED = new LoadedSchema(read("/byteport/schema/agent.json"));
  }

  private static final class RunbookSchema {
    static final LoadedSchema LOADED = new LoadedSchema(read(DocumentKind.RUNBOOK));
  }

  private static final class LibrarySchema {
    static final LoadedSchema LOADED = new LoadedSchema(read(DocumentKind.LIBRARY));
  }

  private static final class RunbookTestSchema {
    static final LoadedSchema LOADED = new LoadedSchema(read(DocumentKind.RUNBOOK_TEST));
  }

  private static final class SettingsSchema {
    static final LoadedSchema LOADED = new LoadedSchema(read(DocumentKind.SETTINGS));
  }

  private static final class RunbookFixturesSchema {
    static final LoadedSchema LOADED = new LoadedSchema(read(DocumentKind.RUNBOOK_FIXTURES));
  }

  /** JSON is YAML too, and a reader for that is at hand. */
  static JsonNode read(DocumentKind kind) {
    JsonNode schema = read(kind.resource());
    return kind == DocumentKind.LIBRARY
        ? SharedSections.of(schema, RunbookSchema.LOADED.document())
        : schema;
  }

  private static JsonNode read(String resource) {
    try (InputStream in = LoadedSchema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return JsonNodes.of(YamlReader.read(new SourceFile(resource, text)).value().orElseThrow());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The schema as it is written. */
  JsonNode document() {
    return document;
  }

  List<Error> errors(JsonNode instance) {
    return schema.validate(instance);
  }

  /**
   * The schema that holds the keyword which an error is about.
   *
   * @param above how many levels further up
   */
  JsonNode holder(Error error, int above) {
    NodePath path = error.getSchemaLocation().getFragment();
    JsonNode node = document;
    for (int i = 0; i < path.getNameCount() - 1 - above; i++) {
      node = child(node, path.getElement(i));
    }
    return node;
  }

  private static JsonNode child(JsonNode node, Object element) {
    JsonNode child =
        element instanceof Integer index ? node.get(index) : childByName(node, element.toString());
    return child == null ? MissingNode.getInstance() : child;
  }

  private static JsonNode childByName(JsonNode node, String name) {
    return node.isArray() ? node.path(Integer.parseInt(name)) : node.path(name);
  }

  /** The schema itself, or the definition that it refers to. */
  JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : resolved(document.at(reference.stringValue().substring(1)));
  }
}
