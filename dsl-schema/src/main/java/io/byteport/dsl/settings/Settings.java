package io.byteport.dsl.settings;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a team sets for its runbooks. It changes what is reported and how grave it is, never what
 * the engine accepts.
 *
 * @param severities of codes that have another than their own; empty for those that are off
 * @param exclude files and folders that are passed over, below the folder of the settings
 * @param failLevel null where nothing is said
 */
public record Settings(
    Map<DiagnosticCode, Optional<Severity>> severities,
    PathPatterns exclude,
    @Nullable FailLevel failLevel) {
  /** Where nothing is set. */
  public static final Settings NONE = new Settings(Map.of(), PathPatterns.NONE, null);

  public Settings {
    severities =
        severities.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(severities));
  }

  /** Findings with the severities that are set, without those that are off; in the same order. */
  public List<Diagnostic> apply(List<Diagnostic> found) {
    if (severities.isEmpty()) {
      return found;
    }
    List<Diagnostic> set = new ArrayList<>();
    for (Diagnostic one : found) {
      Optional<Severity> severity =
          severities.getOrDefault(one.code(), Optional.of(one.severity()));
      severity.map(one::withSeverity).ifPresent(set::add);
    }
    return set;
  }
}
