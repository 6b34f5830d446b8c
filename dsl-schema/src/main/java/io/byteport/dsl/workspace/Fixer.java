package io.byteport.dsl.workspace;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies fixes until nothing changes any more, looking at everything anew after each round. A
 * round after which the YAML of a text is faulty, and was not before, is taken back, and the text
 * is left alone from then on. Writes nothing.
 */
public final class Fixer {
  private static final int MOST_ROUNDS = 20;

  private final Inspector inspector;
  private final boolean unsafe;
  private final Map<ReadFile, Integer> applied = new HashMap<>();
  private final Set<ReadFile> done = new HashSet<>();

  /**
   * What fixing came to.
   *
   * @param left what is found afterwards
   * @param changes of the files whose text differs now, by name
   * @param applied how many fixes were applied to them
   */
  public record Fixed(Report left, List<Change> changes, int applied) {
    public Fixed {
      changes = List.copyOf(changes);
    }
  }

  /** A file as it was read and the text that it is to have, without a byte order mark. */
  public static final class Change {
    private final ReadFile file;
    private final String text;

    Change(ReadFile file, String text) {
      this.file = file;
      this.text = text;
    }

    /** Where the file lies. */
    public Path path() {
      return file.path();
    }

    /** The whole text that the file is to have. */
    public String text() {
      return text;
    }

    /** The change as a unified diff, byte order mark and line ends as they are in the file. */
    public String diff() {
      String before = new String(file.bytes(), StandardCharsets.UTF_8);
      return UnifiedDiff.of(file.path().toString(), before, mark() + text);
    }

    /**
     * Writes it.
     *
     * @throws IOException if the file is not what was read any more, or cannot be written
     */
    public void write() throws IOException {
      AtomicFile.replace(
          file.path(), file.bytes(), (mark() + text).getBytes(StandardCharsets.UTF_8));
    }

    private String mark() {
      return file.isMarked() ? "\uFEFF" : "";
    }
  }

  /**
   * @param unsafe whether fixes that may change the meaning are applied too
   */
  public Fixer(Inspector inspector, boolean unsafe) {
    this.inspector = inspector;
    this.unsafe = unsafe;
  }

  /**
   * @throws IOException as {@link Inspector#inspect()}
   */
  public Fixed fix() throws IOException {
    Report report = inspector.inspect();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Map<ReadFile, SourceFile> before = applyTo(report);
      if (before.isEmpty()) {
        break;
      }
      Report after = inspector.inspect();
      boolean broken = false;
      for (Map.Entry<ReadFile, SourceFile> one : before.entrySet()) {
        SourceFile now = inspector.text(one.getKey());
        if (isBroken(after, now) && !isBroken(report, one.getValue())) {
          inspector.mend(one.getKey(), one.getValue());
          done.add(one.getKey());
          broken = true;
        }
      }
      report = broken ? inspector.inspect() : after;
    }
    return fixed(report);
  }

  private Fixed fixed(Report left) {
    List<Change> changes = new ArrayList<>();
    int fixes = 0;
    for (ReadFile file : inspector.files()) {
      SourceFile text = inspector.text(file);
      if (!text.text().equals(file.sourceOrEmpty().text())) {
        changes.add(new Change(file, text.text()));
        fixes += applied.getOrDefault(file, 0);
      }
    }
    return new Fixed(left, changes, fixes);
  }

  /** Mends what can be, and tells the texts from before. */
  private Map<ReadFile, SourceFile> applyTo(Report report) {
    Map<String, List<Diagnostic>> findings = new HashMap<>();
    for (FileReport one : report.files()) {
      findings.put(one.file().name(), one.findings());
    }
    Map<ReadFile, SourceFile> before = new HashMap<>();
    for (ReadFile file : inspector.files()) {
      SourceFile text = inspector.text(file);
      FixRound round =
          done.contains(file)
              ? new FixRound(text, 0)
              : FixRound.of(text, findings.getOrDefault(text.name(), List.of()), unsafe);
      if (round.applied() > 0) {
        before.put(file, text);
        inspector.mend(file, round.text());
        applied.merge(file, round.applied(), Integer::sum);
      }
    }
    return before;
  }

  private static boolean isBroken(Report report, SourceFile text) {
    return report
        .findings()
        .anyMatch(
            one -> one.file().name().equals(text.name()) && one.code().id().startsWith("BP-YAML-"));
  }
}
