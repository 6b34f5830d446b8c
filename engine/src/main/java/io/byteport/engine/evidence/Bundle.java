package io.byteport.engine.evidence;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.CheckedRunbookTest;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.type.Type;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Deed;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunState;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.sim.CaseResult;
import io.byteport.engine.sim.RunbookTestRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A recorded run as a file of evidence that is a test of its runbook at the same time: what was
 * given and what it came to, and the whole journal beside it.
 *
 * @param text the file
 * @param left what of the recorded outcome a test cannot tell, each as `what: expected, found`; the
 *     file expects the rest
 * @param findings why the file cannot be played at all; empty where it can
 */
public record Bundle(String text, List<String> left, List<Diagnostic> findings) {
  public Bundle {
    left = List.copyOf(left);
    findings = List.copyOf(findings);
  }

  /**
   * Writes a run down. The test is played once, so that what it cannot tell is known.
   *
   * @param entries of a journal, an opening first
   * @param runbook of the run
   * @param codec writes the entries, and takes secrets out of them
   * @throws IllegalArgumentException if the run has not come to its end, or the entries do not
   *     begin with an opening
   */
  public static Bundle of(List<JournalEntry> entries, CheckedRunbook runbook, JournalCodec codec) {
    List<JournalEntry> clean = entries.stream().map(codec::write).map(codec::read).toList();
    if (clean.isEmpty() || !(clean.getFirst() instanceof Event.Opened opened)) {
      throw new IllegalArgumentException("the journal does not begin with an opening");
    }
    Interpreter interpreter = new Interpreter(new Evaluator(), Links.NONE);
    RunState state = interpreter.fold(runbook, clean);
    if (!(state.pending().orElse(null) instanceof Command.Finish finish)) {
      throw new IllegalArgumentException("the run has not ended");
    }
    World world = new World(interpreter, runbook, opened);
    world.learn(clean);
    Past past = new Past(runbook, opened.at());
    past.learn(clean);
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", "run " + opened.run() + " comes to the same end");
    one.put("given", given(opened, runbook, world, past));
    if (!world.later().isEmpty()) {
      one.put("later", world.later());
    }
    Map<String, Object> expect = expected(state, finish.report(), runbook);
    one.put("expect", expect);
    List<String> journal = clean.stream().map(codec::write).toList();
    return played(opened, runbook, one, expect, journal);
  }

  private static Bundle played(
      Event.Opened opened,
      CheckedRunbook runbook,
      Map<String, Object> one,
      Map<String, Object> expect,
      List<String> journal) {
    String text = text(opened, one, List.of(), journal);
    Checked<CheckedRunbookTest> test =
        RunbookTestLoader.load(new SourceFile(opened.run() + ".test.yaml", text), runbook);
    CheckedRunbookTest cases = test.valueOrNull();
    if (cases == null) {
      return new Bundle(text, List.of(), test.diagnostics());
    }
    List<String> left = new ArrayList<>();
    Set<String> wrong = new LinkedHashSet<>();
    for (CaseResult result : new RunbookTestRunner().run(cases)) {
      for (CaseResult.Mismatch misfit : result.mismatches()) {
        wrong.add(misfit.what());
        left.add(misfit.what() + ": " + misfit.expected() + "; played, " + misfit.found());
      }
    }
    if (left.isEmpty()) {
      return new Bundle(text, List.of(), List.of());
    }
    expect.keySet().removeAll(wrong);
    if (expect.isEmpty()) {
      expect.put("assert", List.of());
    }
    return new Bundle(text(opened, one, left, journal), left, List.of());
  }

  private static String text(
      Event.Opened opened, Map<String, Object> one, List<String> left, List<String> journal) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("run", opened.run().value());
    evidence.put("journal", journal);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("apiVersion", "byteport.io/v1");
    root.put("kind", "RunbookTest");
    root.put("runbook", opened.runbook());
    root.put("cases", List.of(one));
    root.put("evidence", evidence);
    StringBuilder text = new StringBuilder();
    text.append("# Run ")
        .append(opened.run())
        .append(" of ")
        .append(opened.runbook())
        .append(' ')
        .append(opened.runbookVersion())
        .append(" about ")
        .append(line(opened.targetKey()))
        .append(", as it was recorded. Secrets are taken out.\n");
    for (String each : left) {
      text.append("# A test cannot tell: ").append(line(each)).append('\n');
    }
    return text.append(YamlText.of(root)).toString();
  }

  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static Map<String, Object> given(
      Event.Opened opened, CheckedRunbook runbook, World world, Past past) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("mode", opened.mode() == Mode.LIVE ? "live" : "dry-run");
    given.put("now", World.plain(opened.at()));
    given.put("signal", signal(opened.signal()));
    Entries entries = new Entries(runbook);
    Map<String, Object> inputs = new LinkedHashMap<>();
    opened
        .inputs()
        .fields()
        .forEach(
            (name, value) -> {
              Type type = runbook.inputs().getOrDefault(name, Type.Special.ANY);
              Optional<String> entry = entries.learn(value, type);
              if (entry.isPresent()) {
                inputs.put(name, entry.get());
              } else if (!value.isNull()) {
                inputs.put(name, YamlText.tree(value));
              }
            });
    put(given, "inputs", inputs);
    Map<String, Object> params = new LinkedHashMap<>();
    opened
        .params()
        .fields()
        .forEach(
            (name, value) -> {
              if (!value.isNull()) {
                params.put(name, YamlText.tree(value));
              }
            });
    put(given, "params", params);
    put(given, "connections", entries.connections());
    put(given, "facts", world.facts());
    put(given, "steps", world.steps());
    if (!past.ledger().isEmpty()) {
      given.put("ledger", past.ledger());
    }
    if (!past.locks().isEmpty()) {
      given.put("locks", past.locks());
    }
    Map<String, Object> approvals = new LinkedHashMap<>();
    world.approvals().forEach((name, answer) -> approvals.put(name, World.plain(answer)));
    put(given, "approvals", approvals);
    return given;
  }

  private static void put(Map<String, Object> tree, String key, Map<String, ?> map) {
    if (!map.isEmpty()) {
      tree.put(key, map);
    }
  }

  private static Map<String, Object> signal(Signal signal) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", signal.type());
    tree.put("source", signal.source());
    tree.put("severity", signal.severity().name().toLowerCase(Locale.ROOT));
    put(tree, "labels", signal.labels());
    tree.put("startedAt", World.plain(signal.startedAt()));
    if (signal.value() != null) {
      tree.put("value", signal.value());
    }
    tree.put("fingerprint", signal.fingerprint());
    if (signal.link() != null) {
      tree.put("link", signal.link());
    }
    if (signal.status() == Signal.Status.RESOLVED) {
      tree.put("cleared", World.plain(true));
    }
    return tree;
  }

  private static Map<String, Object> expected(
      RunState state, RunReport report, CheckedRunbook runbook) {
    Map<String, Object> expect = new LinkedHashMap<>();
    if (report.classId() != null) {
      expect.put("class", report.classId());
      expect.put("confidence", World.plain(ValuePrinter.confidence(report.confidence())));
    }
    expect.put("severity", report.severity());
    expect.put("passes", World.plain(state.pass()));
    if (!state.undecided().isEmpty()
        && runbook.typing().facts().keySet().containsAll(state.undecided())) {
      expect.put("undecided", state.undecided());
    }
    if (areNamed(state.did(), runbook)) {
      expect.put("did", state.did().stream().map(Deed::step).toList());
    }
    if (!state.planned().isEmpty() && areNamed(state.planned(), runbook)) {
      expect.put("planned", state.planned().stream().map(Deed::step).toList());
    }
    if (state.attempts() > 0) {
      expect.put("attempts", World.plain(state.attempts()));
    }
    if (!report.unmet().isEmpty()) {
      expect.put("unmet", report.unmet());
    }
    if (report.stoppedBy() != null) {
      expect.put("stoppedBy", report.stoppedBy());
    }
    expect.put("result", report.result().word());
    if (!report.reason().isEmpty()) {
      expect.put("reason", report.reason());
    }
    Set<String> channels = new LinkedHashSet<>();
    report.notices().forEach(notice -> channels.addAll(notice.channels().keySet()));
    expect.put("to", List.copyOf(channels));
    return expect;
  }

  private static boolean areNamed(List<Deed> deeds, CheckedRunbook runbook) {
    return deeds.stream()
        .allMatch(
            deed -> {
              Step step = runbook.steps().get(deed.step());
              return step != null && step.head().given();
            });
  }
}
