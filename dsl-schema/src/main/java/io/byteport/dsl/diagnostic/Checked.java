package io.byteport.dsl.diagnostic;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stage found and, where it found enough, what it made.
 *
 * @param valueOrNull the result, or null where the input was too broken for one
 */
public record Checked<T>(@Nullable T valueOrNull, List<Diagnostic> diagnostics) {

  public Checked {
    diagnostics = List.copyOf(diagnostics);
  }

  public Optional<T> value() {
    return Optional.ofNullable(valueOrNull);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
