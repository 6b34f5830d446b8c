package io.byteport.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The incident that a runbook shall meet without touching anything. */
final class IncidentOptions {
  @Option(
      names = "--signal",
      paramLabel = "FILE",
      description = "The signal as JSON, - for standard input.")
  @Nullable String signal;

  @Option(
      names = "--facts",
      paramLabel = "FILE",
      description =
          "What reads find, as `given` in tests says it: facts, steps, ledger, locks. A fact that"
              + " is not given is unavailable.")
  @Nullable Path facts;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "A parameter of the runbook. May be repeated.")
  Map<String, String> params = new LinkedHashMap<>();

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description = "When it happens, as 2026-01-31T03:00:00Z. Default: what the facts say.")
  private @Nullable String now;

  @Nullable Instant now() {
    String text = now;
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UsageException("--now " + text + ": expected a time such as 2026-01-31T03:00:00Z");
    }
  }
}
