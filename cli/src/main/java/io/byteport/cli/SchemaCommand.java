package io.byteport.cli;

import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.EditorSchema;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what an editor needs to know of YAML documents of ours. */
@Command(
    name = "schema",
    description = {
      "Print a JSON Schema (draft-07) for editors: fields, actions and the types of their inputs.",
      "In a runbook: # yaml-language-server: $schema=FILE"
    })
final class SchemaCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "KIND",
      arity = "0..1",
      defaultValue = "runbook",
      completionCandidates = Kinds.class,
      description = "The kind of document: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String kind = "runbook";

  @Override
  public Integer call() {
    Json.write(
        Terminal.ofProcess(Colour.never).out(),
        EditorSchema.of(find(kind), Language.load().catalogue()));
    return ExitStatus.OK;
  }

  private static DocumentKind find(String word) {
    return Arrays.stream(DocumentKind.values())
        .filter(each -> plain(each.word()).equals(plain(word)))
        .findFirst()
        .orElseThrow(
            () -> {
              String meant = Suggestions.hint(word, names());
              return new UsageException(
                  "no kind of document `"
                      + word
                      + "`; "
                      + (meant == null
                          ? "there is `" + String.join("`, `", names()) + "`"
                          : meant));
            });
  }

  private static String plain(String word) {
    return word.replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** {@code runbook-test} for {@code RunbookTest}. */
  private static List<String> names() {
    return Arrays.stream(DocumentKind.values())
        .map(each -> each.word().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
        .toList();
  }

  /** What a shell may complete. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }
}
