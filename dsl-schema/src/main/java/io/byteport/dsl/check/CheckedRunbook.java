package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.ignore.Ignores;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Sources;
import io.byteport.dsl.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A runbook without errors: the only thing that the engine runs. {@link RunbookLoader} alone makes
 * one.
 */
public final class CheckedRunbook {
  private final Runbook runbook;
  private final Sources sources;
  private final Typing typing;
  private final ActionCatalogue catalogue;
  private final List<String> factOrder;
  private final Map<String, List<String>> factDependencies;
  private final Map<String, Type> params;
  private final Map<String, Type> inputs;
  private final Ignores ignores;

  CheckedRunbook(
      Runbook runbook,
      Sources sources,
      Typing typing,
      ActionCatalogue catalogue,
      List<String> factOrder,
      Map<String, List<String>> factDependencies,
      Map<String, Type> params,
      Map<String, Type> inputs,
      Ignores ignores) {
    this.runbook = runbook;
    this.sources = sources;
    this.typing = typing;
    this.catalogue = catalogue;
    this.factOrder = List.copyOf(factOrder);
    this.factDependencies = Collections.unmodifiableMap(new LinkedHashMap<>(factDependencies));
    this.params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    this.ignores = ignores;
  }

  public String id() {
    return runbook.metadata().id().name();
  }

  public Runbook runbook() {
    return runbook;
  }

  /**
   * The text that it was read from, the libraries that it includes with it: spans of the runbook
   * are spans of this. A run keeps it, so that it can be explained and recovered as it was; it can
   * be loaded again by itself.
   */
  public SourceFile source() {
    return sources.whole();
  }

  /** The texts that it was read from. */
  public Sources sources() {
    return sources;
  }

  public Typing typing() {
    return typing;
  }

  public ActionCatalogue catalogue() {
    return catalogue;
  }

  /**
   * Every fact, those of the verification (the runbook's and each class's) included, after all that
   * it depends on.
   */
  public List<String> factOrder() {
    return factOrder;
  }

  /** The facts that each fact names directly, through the defaults of its action's family too. */
  public Map<String, List<String>> factDependencies() {
    return factDependencies;
  }

  /** The resolved type of each parameter. */
  public Map<String, Type> params() {
    return params;
  }

  /** Every step by id, wherever it stands: in classes, blocks, verification and rollback. */
  public Map<String, Step> steps() {
    Map<String, Step> steps = new LinkedHashMap<>();
    for (StepTree.Placed placed : new StepTree(runbook).all()) {
      steps.putIfAbsent(placed.step().head().id().name(), placed.step());
    }
    return Collections.unmodifiableMap(steps);
  }

  /** The names of the actions that a class can lead to, reads and its rollback included. */
  public Set<String> actions(String classId) {
    Runbook.Remediation remediation = runbook.remediate().get(classId);
    return remediation == null ? Set.of() : new StepTree(runbook).actions(remediation);
  }

  /** The resolved type of each input. */
  public Map<String, Type> inputs() {
    return inputs;
  }

  /** What comments in its file ignore, for checks that compare several runbooks. */
  Ignores ignores() {
    return ignores;
  }
}
