package io.byteport.dsl.check;

import io.byteport.dsl.ignore.Ignores;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Metadata;
import io.byteport.dsl.source.SourceFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one runbook claims before others: its names and its signals. All that {@link Overlaps} asks
 * of it, and small beside it, so that many can be compared without keeping them whole.
 *
 * @param signals names and aliases of its signals, in the order of the file
 */
public record Claims(
    SourceFile source, Metadata metadata, Map<String, Id> signals, Ignores ignores) {
  public Claims {
    signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
  }

  /** The claims of a runbook. */
  public static Claims of(CheckedRunbook runbook) {
    Map<String, Id> signals = new LinkedHashMap<>();
    for (Detector detector : runbook.runbook().detectors().values()) {
      signals.putIfAbsent(detector.id().name(), detector.id());
      detector.aliases().forEach(alias -> signals.putIfAbsent(alias.name(), alias));
    }
    return new Claims(
        runbook.sources().own(), runbook.runbook().metadata(), signals, runbook.ignores());
  }

  /** By the text, which no two share. */
  @Override
  public int hashCode() {
    return source.hashCode();
  }

  /** The id of the runbook. */
  String id() {
    return metadata.id().name();
  }

  /** Its id and aliases. */
  Map<String, Id> names() {
    Map<String, Id> names = new LinkedHashMap<>();
    names.put(id(), metadata.id());
    metadata.aliases().forEach(alias -> names.putIfAbsent(alias.name(), alias));
    return names;
  }
}
