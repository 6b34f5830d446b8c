package io.byteport.lsp.change;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.solve.Model;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlReader;
import io.byteport.lsp.View;
import io.byteport.lsp.live.TestFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a case of a test about one rule: with facts under which the rule is true, where such are
 * found. The case stands in the test beside the runbook, which is made where there is none.
 */
final class TestWriter {
  private static final String SUFFIX = ".test.yaml";

  private final View runbook;
  private final RunbookAnalysis analysis;

  /**
   * What is to be written.
   *
   * @param file where the test lies
   * @param before its text; empty where there is none yet
   * @param after its text with the case
   * @param name of the case
   */
  record NewCase(Path file, Optional<SourceFile> before, String after, String name) {}

  private TestWriter(View runbook, RunbookAnalysis analysis) {
    this.runbook = runbook;
    this.analysis = analysis;
  }

  /**
   * @param rule its index, from 0
   * @return empty where there is no such rule, or its test cannot take a case
   */
  static Optional<NewCase> of(View runbook, int rule) {
    return runbook
        .analysis()
        .filter(found -> rule >= 0 && rule < found.runbook().classify().rules().size())
        .flatMap(found -> new TestWriter(runbook, found).write(rule));
  }

  private Optional<NewCase> write(int rule) {
    String classId = analysis.runbook().classify().rules().get(rule).classId().name();
    Optional<FactTree> facts = analysis.witness(rule).map(TestWriter::tree);
    Optional<SourceFile> existing = TestFiles.of(runbook).stream().findFirst();
    Path path = existing.map(file -> Path.of(file.name())).orElseGet(() -> beside(runbook.path()));
    if (existing.isEmpty() && runbook.texts().file(path).isPresent()) {
      return Optional.empty(); // another test lies there
    }
    String name = free(classId + " is recognized", existing);
    Optional<CheckedRunbook> sound = runbook.texts().loader().load(runbook.text()).value();
    List<FactTree> tries = new ArrayList<>(facts.stream().toList());
    tries.add(new FactTree());
    for (FactTree tree : tries) {
      Optional<String> text = existing.flatMap(file -> appended(file, name, classId, tree));
      Optional<String> after = existing.isPresent() ? text : Optional.of(made(name, classId, tree));
      if (after.isPresent() && isSound(path, after.get(), sound)) {
        return Optional.of(new NewCase(path, existing, after.get(), name));
      }
    }
    return Optional.empty();
  }

  private static FactTree tree(Model model) {
    return FactTree.of(model);
  }

  private static Path beside(Path file) {
    String name = String.valueOf(file.getFileName());
    String stem = name.replaceFirst("\\.ya?ml$", "");
    return file.resolveSibling(stem + SUFFIX);
  }

  private static String free(String base, Optional<SourceFile> test) {
    Set<String> taken =
        test.map(TestFiles::cases).orElse(List.of()).stream()
            .map(YamlScalar::text)
            .collect(Collectors.toSet());
    String name = base;
    for (int i = 2; taken.contains(name); i++) {
      name = base + ", " + i;
    }
    return name;
  }

  /** Where the runbook has faults, its tests cannot be judged: then the shape must do. */
  private static boolean isSound(Path path, String text, Optional<CheckedRunbook> runbook) {
    SourceFile file = new SourceFile(path.toString(), text);
    return runbook
        .map(
            checked ->
                RunbookTestLoader.load(file, checked).diagnostics().stream()
                    .noneMatch(one -> one.isError() && one.file().name().equals(file.name())))
        .orElseGet(() -> RunbookTestLoader.shape(file).isEmpty());
  }

  private Optional<String> appended(SourceFile test, String name, String classId, FactTree facts) {
    return YamlReader.read(test)
        .value()
        .filter(YamlMapping.class::isInstance)
        .flatMap(
            root ->
                new Sections(test, (YamlMapping) root, DocumentKind.RUNBOOK_TEST)
                    .item("cases", one(name, classId, facts, false)))
        .map(change -> Change.applied(test, List.of(Change.laidOut(test, List.of(change)))));
  }

  private String one(String name, String classId, FactTree facts, boolean alone) {
    List<String> lines = new ArrayList<>(List.of("name: " + Written.text(name)));
    Set<String> reads =
        analysis.runbook().diagnose().values().stream()
            .filter(Fact.Read.class::isInstance)
            .map(fact -> fact.id().name())
            .collect(Collectors.toSet());
    List<String> given = new ArrayList<>();
    put(given, "inputs", alone ? new FactTree() : facts.at("inputs"));
    put(given, "params", facts.at("params"));
    put(given, "facts", facts.only(reads));
    if (!given.isEmpty()) {
      lines.add("given:");
      given.forEach(line -> lines.add("  " + line));
    }
    lines.add("expect:");
    lines.add("  class: " + classId);
    return String.join("\n", lines);
  }

  private static void put(List<String> lines, String key, FactTree tree) {
    if (!tree.isEmpty()) {
      lines.add(key + ":");
      tree.lines().forEach(line -> lines.add("  " + line));
    }
  }

  private String made(String name, String classId, FactTree facts) {
    Runbook book = analysis.runbook();
    List<String> lines = new ArrayList<>();
    lines.add("apiVersion: byteport.io/v1");
    lines.add("kind: RunbookTest");
    lines.add("runbook: " + book.metadata().id().name());
    lines.add("");
    lines.add("given:");
    book.detectors().keySet().stream()
        .findFirst()
        .ifPresent(signal -> lines.add("  signal: { type: " + signal + " }"));
    List<String> inputs = inputs(facts.at("inputs"));
    if (!inputs.isEmpty()) {
      lines.add("  inputs:");
      inputs.forEach(line -> lines.add("    " + line));
    }
    lines.add("");
    lines.add("cases:");
    String item = one(name, classId, facts, true);
    lines.add("  - " + item.replace("\n", "\n    "));
    String text = String.join("\n", lines) + "\n";
    return Formatter.format(new SourceFile("test", text)).value().orElse(text);
  }

  /** Every input that is required, and those that the rule asks about. */
  private List<String> inputs(FactTree asked) {
    List<String> lines = new ArrayList<>(asked.lines());
    for (Map.Entry<String, Runbook.Input> input : analysis.runbook().inputs().entrySet()) {
      Type type = analysis.inputs().get(input.getKey());
      if (input.getValue().required() && type != null && !asked.has(input.getKey())) {
        lines.add(input.getKey() + ": " + example(input.getKey(), type.nonNull()));
      }
    }
    return lines;
  }

  private static String example(String name, Type type) {
    return switch (type) {
      case Type.EnumType words -> Written.text(words.words().iterator().next());
      case Type.Scalar scalar ->
          switch (scalar) {
            case INTEGER, NUMBER -> "1";
            case BOOLEAN -> "true";
            case DURATION -> "1m";
            case SIZE -> "1Gi";
            case PERCENT -> "50%";
            case INSTANT -> "2026-01-01T00:00:00Z";
            case PATH -> "/" + name;
            case DOMAIN -> "example.org";
            case STRING, REGEX -> Written.text(name);
          };
      default -> Written.text(name);
    };
  }
}
