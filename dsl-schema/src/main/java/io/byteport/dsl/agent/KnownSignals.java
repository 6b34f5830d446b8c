package io.byteport.dsl.agent;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The signals that the runbooks of an agent take, as far as they are known. Runbooks are looked at
 * when the first signal is asked about.
 */
final class KnownSignals {
  /** Where nothing is known, nothing is wrong. */
  static final KnownSignals ANY = new KnownSignals(() -> null);

  /**
   * @param taken by runbooks that are enabled
   * @param idle by those that are not: who would take it, and why it does not
   */
  private record Signals(Set<String> taken, Map<String, String> idle) {}

  private final Supplier<@Nullable Signals> read;
  private boolean asked;
  private @Nullable Signals signals;

  private KnownSignals(Supplier<@Nullable Signals> read) {
    this.read = read;
  }

  /** Those of some runbooks, of which a configuration says which are enabled. */
  static KnownSignals of(KnownRunbooks runbooks, AgentConfiguration.Runbooks configuration) {
    return new KnownSignals(() -> read(runbooks, configuration));
  }

  private static @Nullable Signals read(
      KnownRunbooks runbooks, AgentConfiguration.Runbooks configuration) {
    if (!runbooks.complete()) {
      return null;
    }
    Set<String> taken = new TreeSet<>();
    Map<String, String> idle = new TreeMap<>();
    for (String id : runbooks.ids()) {
      CheckedRunbook runbook = runbooks.find(id).orElse(null);
      if (runbook == null) {
        return null;
      }
      Optional<String> reason = configuration.reasonAgainst(runbook.runbook().metadata());
      for (Runbook.Detector detector : runbook.runbook().detectors().values()) {
        Set<String> names = new TreeSet<>(Set.of(detector.id().name()));
        detector.aliases().forEach(alias -> names.add(alias.name()));
        reason.ifPresentOrElse(
            why ->
                names.forEach(name -> idle.putIfAbsent(name, "`" + id + "` takes it, but " + why)),
            () -> taken.addAll(names));
      }
    }
    return new Signals(taken, idle);
  }

  /** Finds a signal that no runbook takes which is enabled. */
  void check(Findings findings, YamlScalar signal) {
    if (!asked) {
      asked = true;
      signals = read.get();
    }
    Signals known = signals;
    if (known == null || known.taken().contains(signal.text())) {
      return;
    }
    String idle = known.idle().get(signal.text());
    String message =
        "expected a signal that an enabled runbook takes, found `" + signal.text() + "`";
    if (idle == null) {
      Set<String> all = new TreeSet<>(known.taken());
      all.addAll(known.idle().keySet());
      findings.unknown(DiagnosticCode.AGENT_UNTAKEN_SIGNAL, signal, message, all);
    } else {
      findings.add(DiagnosticCode.AGENT_UNTAKEN_SIGNAL, signal.span(), message, idle);
    }
  }
}
