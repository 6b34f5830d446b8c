package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.CheckedRunbookTest;
import io.byteport.dsl.test.FactsLoader;
import io.byteport.dsl.test.Given;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.test.TestCase;
import io.byteport.dsl.yaml.SourceReader;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.sim.Rehearsal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the incidents that people tell: cases of tests, and signals with facts. */
final class Incidents {
  private final Language language;

  Incidents(Language language) {
    this.language = language;
  }

  /** A runbook with an incident that it shall meet. */
  record Told(CheckedRunbook runbook, Given given, List<TestCase.Later> later) {
    /**
     * Plays it.
     *
     * @param params by name as they are written, stronger than those that are given
     * @throws UsageException if the runbook does not take the signal
     */
    Account play(Map<String, String> params) {
      Rehearsal rehearsal = new Rehearsal();
      return switch (rehearsal.play(runbook, given, later, params)) {
        case Rehearsal.Refused refused ->
            throw new UsageException(String.join("\n", refused.reasons()));
        case Rehearsal.Played played ->
            Account.of(
                played.run().journal(), Account.Replay.of(rehearsal.interpreter(), played.run()));
      };
    }
  }

  /**
   * A case of a test file.
   *
   * @param wanted its name, a part of it, or its number from 1; null for the only one
   */
  Told ofTest(Path file, @Nullable String wanted) throws IOException {
    SourceFile source = read(file);
    var named =
        RunbookTestLoader.runbook(source)
            .orElseThrow(
                () -> new UsageException(file + " is no test of a runbook (kind: RunbookTest)"));
    CheckedRunbook runbook = language.beside(named.name(), file.toAbsolutePath().getParent());
    Checked<CheckedRunbookTest> loaded =
        RunbookTestLoader.load(source, runbook, new FixtureLookup(language.unsaved()));
    CheckedRunbookTest test =
        loaded
            .value()
            .orElseThrow(
                () ->
                    new FindingsException(
                        Language.print(loaded.diagnostics(), false).stripTrailing()));
    TestCase one = pick(test.cases(), wanted);
    return new Told(runbook, one.given(), one.later());
  }

  private static TestCase pick(List<TestCase> cases, @Nullable String wanted) {
    if (wanted == null) {
      if (cases.size() == 1) {
        return cases.getFirst();
      }
      throw new UsageException("expected --case NAME or --case N; the cases are\n" + list(cases));
    }
    if (wanted.matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(wanted);
      if (number >= 1 && number <= cases.size()) {
        return cases.get(number - 1);
      }
      throw new UsageException(
          "expected --case from 1 to " + cases.size() + ", found " + wanted + "\n" + list(cases));
    }
    for (TestCase one : cases) {
      if (one.name().equals(wanted)) {
        return one;
      }
    }
    String part = wanted.toLowerCase(Locale.ROOT);
    List<TestCase> fitting =
        cases.stream().filter(one -> one.name().toLowerCase(Locale.ROOT).contains(part)).toList();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    String near =
        Suggestions.nearest(wanted, cases.stream().map(TestCase::name).toList())
            .map(name -> "; did you mean `" + name + "`?")
            .orElse("");
    throw new UsageException(
        (fitting.isEmpty()
                ? "no case is called `" + wanted + "`" + near
                : "several cases are called like `" + wanted + "`")
            + "\n"
            + list(fitting.isEmpty() ? cases : fitting));
  }

  private static String list(List<TestCase> cases) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < cases.size(); i++) {
      out.append(String.format("%4d  %s%n", i + 1, cases.get(i).name()));
    }
    return out.toString().stripTrailing();
  }

  /**
   * A signal with a file of facts.
   *
   * @param signal JSON; null where the facts say it, or flags
   * @param facts YAML or JSON; null for none, so that nothing can be read
   * @param flags those that the command's own options left over
   * @param options the command's own
   */
  Told ofFacts(
      CheckedRunbook runbook,
      @Nullable String signal,
      @Nullable Path facts,
      @Nullable Instant now,
      List<String> flags,
      List<String> options)
      throws IOException {
    SourceFile source = facts == null ? new SourceFile("(no facts)", "{}") : read(facts);
    Checked<Given> loaded = FactsLoader.load(source, runbook, now);
    Given given =
        loaded
            .value()
            .orElseThrow(
                () ->
                    new FindingsException(
                        Language.print(loaded.diagnostics(), false).stripTrailing()));
    Map<String, String> labels = new LinkedHashMap<>(given.signal().labels());
    Given.Signal said = given.signal();
    if (signal != null) {
      Signal read = SignalReader.read(signal, text(signal), given.now());
      labels = new LinkedHashMap<>(read.labels());
      said = signal(read);
    }
    labels.putAll(InputFlags.parse(runbook, flags, options));
    return new Told(runbook, given.with(labelled(said, labels)), List.of());
  }

  private static Given.Signal signal(Signal read) {
    return new Given.Signal(
        read.type(),
        read.source(),
        read.severity().name().toLowerCase(Locale.ROOT),
        read.status() == Signal.Status.RESOLVED,
        read.labels(),
        read.startedAt(),
        read.value(),
        read.fingerprint(),
        read.link());
  }

  private static Given.Signal labelled(Given.Signal signal, Map<String, String> labels) {
    return new Given.Signal(
        signal.type(),
        signal.source(),
        signal.severity(),
        signal.cleared(),
        labels,
        signal.startedAt(),
        signal.value(),
        signal.fingerprint(),
        signal.link());
  }

  private SourceFile read(Path file) {
    Checked<SourceFile> read = language.unsaved().read(file);
    return read.value()
        .orElseThrow(
            () -> new UsageException(Language.print(read.diagnostics(), false).stripTrailing()));
  }

  /** What stands in a signal file, or in standard input for {@code -}. */
  static String text(String file) throws IOException {
    if (file.equals("-")) {
      return text(SourceReader.read("-", System.in.readNBytes(SourceReader.MAX_BYTES + 1)));
    }
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      throw new UsageException("--signal " + file + ": no such file, or not readable");
    }
    return text(SourceReader.read(path));
  }

  private static String text(Checked<SourceFile> read) {
    return read.value()
        .map(SourceFile::text)
        .orElseThrow(
            () -> new UsageException(Language.print(read.diagnostics(), false).stripTrailing()));
  }
}
