package io.byteport.dsl.schema;

import com.networknt.schema.Error;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares a document's shape with the schema of its kind. A schema is loaded when it is first
 * needed. Pure but for that, safe for use by several threads.
 */
public final class SchemaValidator {
  private SchemaValidator() {}

  /**
   * Reads the schema of a kind, which the first document of that kind would otherwise wait for.
   * Meant for a thread of its own while there is something else to do.
   */
  public static void prepare(DocumentKind kind) {
    LoadedSchema.of(kind);
  }

  /**
   * What is wrong with the shape, one finding for each fault, in the order of the file; empty where
   * nothing is.
   */
  public static List<Diagnostic> validate(SourceFile file, YamlNode root, DocumentKind kind) {
    if (!(root instanceof YamlMapping document)) {
      return List.of(
          Diagnostic.of(
              DiagnosticCode.SCHEMA_WRONG_TYPE,
              file,
              Words.underlined(Place.root(root)),
              "expected a map with `apiVersion` and `kind`, found " + Words.found(root),
              "start with `apiVersion: "
                  + DocumentKind.API_VERSION
                  + "` and `kind: "
                  + kind.word()
                  + "`"));
    }
    Optional<Diagnostic> foreign =
        unknown(file, document, "kind", kind.word())
            .or(() -> unknown(file, document, "apiVersion", DocumentKind.API_VERSION));
    if (foreign.isPresent()) {
      return List.of(foreign.get());
    }
    return validate(file, document, LoadedSchema.of(kind));
  }

  /** What is wrong with the shape by this schema. */
  static List<Diagnostic> validate(SourceFile file, YamlMapping document, LoadedSchema schema) {
    List<Error> errors = schema.errors(JsonNodes.of(document));
    return Diagnostics.sort(
        new SchemaFindings(new SchemaWording(file, document, schema)).of(errors));
  }

  /** A document of another kind or version: nothing else about it can be judged. */
  private static Optional<Diagnostic> unknown(
      SourceFile file, YamlMapping document, String field, String expected) {
    YamlNode found = document.get(field).orElse(null);
    if (found == null && field.equals("kind")) {
      return Optional.of(
          Diagnostic.of(
              DiagnosticCode.SCHEMA_UNKNOWN_KIND,
              file,
              Place.root(document).head(),
              "expected `kind: " + expected + "`, found no `kind`",
              "say what the file holds; " + hint(field)));
    }
    if (found == null || (found instanceof YamlScalar scalar && scalar.text().equals(expected))) {
      return Optional.empty();
    }
    boolean misspelt = field.equals("kind") && meant(found, expected);
    Diagnostic diagnostic =
        Diagnostic.of(
            DiagnosticCode.SCHEMA_UNKNOWN_KIND,
            file,
            Words.underlined(new Place(found, document.entry(field).orElseThrow().key(), false)),
            "expected `" + field + ": " + expected + "`, found " + Words.found(found),
            misspelt ? "did you mean `" + expected + "`?" : hint(field));
    return Optional.of(
        misspelt
            ? diagnostic.withFix(new Fix("write `" + expected + "`", found.span(), expected, false))
            : diagnostic);
  }

  private static boolean meant(YamlNode found, String expected) {
    return found instanceof YamlScalar scalar
        && Suggestions.nearest(scalar.text(), List.of(expected)).isPresent();
  }

  private static String hint(String field) {
    return field.equals("kind")
        ? "kinds are "
            + Words.and(
                Stream.concat(
                        Arrays.stream(DocumentKind.values()).map(DocumentKind::word),
                        ConnectionLoader.KINDS.stream())
                    .toList())
        : "this program reads that version of the language only";
  }
}
