package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.model.WorkloadRef;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Edits the manifest of a workload in a file with one document or several, and leaves every other
 * character as it is. Pure.
 *
 * @param container by name; the only one where it is left out
 */
record ManifestEdit(WorkloadRef workload, @Nullable String container, ManifestChange change) {
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---(?:[ \\t].*)?\\R?");

  /**
   * The text with the edit; nothing where the file does not hold the manifest, or not the value.
   */
  Optional<String> apply(String text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    Matcher separator = SEPARATOR.matcher(text);
    while (separator.find()) {
      starts.add(separator.end());
    }
    for (int i = 0; i < starts.size(); i++) {
      int start = starts.get(i);
      int end = i + 1 < starts.size() ? lineBefore(text, starts.get(i + 1)) : text.length();
      String document = text.substring(start, end);
      Optional<String> edited = inDocument(document);
      if (edited.isPresent()) {
        return Optional.of(text.substring(0, start) + edited.get() + text.substring(end));
      }
    }
    return Optional.empty();
  }

  /** Where the separator before an offset begins. */
  private static int lineBefore(String text, int offset) {
    return text.lastIndexOf("---", offset - 1);
  }

  private Optional<String> inDocument(String document) {
    SourceFile file = new SourceFile("manifest", document);
    if (!(YamlReader.read(file).valueOrNull() instanceof YamlMapping root) || !isOurs(root)) {
      return Optional.empty();
    }
    return containers(root)
        .flatMap(all -> chosen(all))
        .flatMap(found -> change.in(found))
        .map(edit -> replaced(document, edit));
  }

  private boolean isOurs(YamlMapping root) {
    Optional<String> namespace = text(root, "metadata", "namespace");
    return text(root, "kind").filter(workload.kind().kind()::equals).isPresent()
        && text(root, "metadata", "name").filter(workload.name()::equals).isPresent()
        && (namespace.isEmpty() || namespace.get().equals(workload.namespace()));
  }

  private static Optional<YamlSequence> containers(YamlMapping root) {
    Optional<YamlNode> template = at(root, "spec", "template", "spec", "containers");
    return template
        .or(() -> at(root, "spec", "containers"))
        .filter(YamlSequence.class::isInstance)
        .map(YamlSequence.class::cast);
  }

  private Optional<YamlMapping> chosen(YamlSequence containers) {
    List<YamlMapping> all =
        containers.items().stream()
            .filter(YamlMapping.class::isInstance)
            .map(YamlMapping.class::cast)
            .filter(
                one -> container == null || text(one, "name").filter(container::equals).isPresent())
            .toList();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  static Optional<YamlNode> at(YamlNode node, String... path) {
    Optional<YamlNode> found = Optional.of(node);
    for (String name : path) {
      found =
          found.filter(YamlMapping.class::isInstance).flatMap(one -> ((YamlMapping) one).get(name));
    }
    return found;
  }

  static Optional<String> text(YamlNode node, String... path) {
    return at(node, path)
        .filter(YamlScalar.class::isInstance)
        .map(one -> ((YamlScalar) one).text());
  }

  /** Spans count code points. */
  private static String replaced(String document, ManifestChange.Edit edit) {
    int start = document.offsetByCodePoints(0, edit.span().start());
    int end = document.offsetByCodePoints(0, edit.span().end());
    String old = document.substring(start, end);
    return document.substring(0, start) + edit.text().apply(old) + document.substring(end);
  }
}
