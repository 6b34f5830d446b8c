package io.byteport.lsp.assist;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.edit.Outline;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Special;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is told of names, in Markdown, from the runbook that a place belongs to. */
final class NameDocs {
  private final Sight sight;

  NameDocs(Sight sight) {
    this.sight = sight;
  }

  Optional<Origins> origins() {
    return sight.analysis().map(Origins::new);
  }

  Optional<String> fact(String name) {
    return sight
        .analysis()
        .flatMap(
            found ->
                new Origins(found)
                    .fact(name)
                    .map(
                        doc -> {
                          Type type = found.typing().facts().getOrDefault(name, Special.UNKNOWN);
                          return titled(name, type)
                              + "\n\n"
                              + doc
                              + readable(found, name)
                              + "\n\n"
                              + Wording.fields(type);
                        }));
  }

  /** The fields of a read that is guarded may be null. */
  private static String readable(RunbookAnalysis analysis, String name) {
    return analysis.runbook().diagnose().get(name) instanceof Fact.Read read && read.when() != null
        ? "\n\nNull where it is not read."
        : "";
  }

  static String titled(String name, Type type) {
    String words = Wording.type(type);
    return "**" + name + "**" + (words.isEmpty() ? "" : ": " + words);
  }

  Optional<String> typed(String section, String name) {
    Optional<Origins> origins = origins();
    Type type = origins.flatMap(found -> found.type(section, name)).orElse(Special.UNKNOWN);
    return origins
        .flatMap(found -> section.equals("params") ? found.param(name) : found.input(name))
        .map(doc -> titled(name, type) + "\n\n" + doc);
  }

  static Optional<String> member(RecordType record, String key) {
    return record
        .field(key)
        .map(
            type -> "`" + record.name() + "." + key + "`: " + type + "\n\n" + Wording.fields(type));
  }

  Optional<String> step(String name) {
    return origins().flatMap(found -> found.step(name)).map(doc -> "**" + name + "**\n\n" + doc);
  }

  Optional<String> runbook(String id) {
    Outline outline = sight.names().runbooks().get(id);
    return outline == null
        ? Optional.empty()
        : Optional.of(
            "**"
                + id
                + "** "
                + outline.title()
                + "\n\nHears "
                + outline.signals().keySet().stream()
                    .map(signal -> "`" + signal + "`")
                    .collect(Collectors.joining(", ")));
  }
}
