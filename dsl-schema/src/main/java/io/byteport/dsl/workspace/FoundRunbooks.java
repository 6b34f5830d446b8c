package io.byteport.dsl.workspace;

import io.byteport.dsl.agent.KnownRunbooks;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runbooks among files, checked when they are asked for. For one thread. */
final class FoundRunbooks implements KnownRunbooks {
  private final RunbookLookup lookup;
  private final List<SourceFile> files;
  private final boolean complete;
  private @Nullable Set<String> ids;

  /**
   * @param complete whether there are no others
   */
  FoundRunbooks(RunbookLookup lookup, List<SourceFile> files, boolean complete) {
    this.lookup = lookup;
    this.files = List.copyOf(files);
    this.complete = complete;
  }

  @Override
  public Set<String> ids() {
    if (ids == null) {
      Set<String> found = new LinkedHashSet<>();
      files.forEach(file -> id(file).ifPresent(found::add));
      ids = found;
    }
    return ids;
  }

  private static Optional<String> id(SourceFile file) {
    return YamlReader.read(file).valueOrNull() instanceof YamlMapping document
            && document.get("metadata").orElse(null) instanceof YamlMapping metadata
            && metadata.get("id").orElse(null) instanceof YamlScalar id
        ? Optional.of(id.text())
        : Optional.empty();
  }

  @Override
  public Optional<CheckedRunbook> find(String id) {
    return lookup.find(new Id(id, new Span(0, 0)), files).flatMap(Checked::value);
  }

  @Override
  public boolean complete() {
    return complete;
  }
}
