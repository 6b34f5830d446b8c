package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentConfiguration.Configured;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Generations;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.model.Runbook.Metadata;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.ParamBinder;
import io.byteport.engine.signal.ParamBinding;
import io.byteport.engine.signal.ParamSources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The runbooks of an agent: which may be started, which of them watch by themselves, and which are
 * left out and why. Immutable.
 *
 * @param enabled ordered by id
 * @param watching those among them whose detectors watch: none that another of them supersedes
 * @param leftOut ordered by id, each with the reason
 * @param problems what people should hear of, by the file, the runbook or the place in the
 *     configuration that is wrong
 */
public record RunbookSet(
    List<EnabledRunbook> enabled,
    List<EnabledRunbook> watching,
    List<AgentView.LeftOut> leftOut,
    Map<String, String> problems) {

  public RunbookSet {
    enabled = List.copyOf(enabled);
    watching = List.copyOf(watching);
    leftOut = List.copyOf(leftOut);
    problems = Map.copyOf(problems);
  }

  /**
   * What was read.
   *
   * @param library the runbooks that come with BytePort
   * @param folders those of the configured folders; one of the same id takes the place of one of
   *     the library
   * @param broken findings about files that hold no sound runbook, by the name of the file
   */
  public record Loaded(
      List<CheckedRunbook> library, List<CheckedRunbook> folders, Map<String, String> broken) {
    public Loaded {
      library = List.copyOf(library);
      folders = List.copyOf(folders);
      broken = Map.copyOf(broken);
    }
  }

  /**
   * Chooses among what was read.
   *
   * @param environment where parameters may take their values from
   */
  public static RunbookSet of(
      Loaded loaded,
      AgentConfiguration.Runbooks configuration,
      ParamBinder binder,
      Map<String, String> environment) {
    return new Choosing(loaded, configuration, binder, environment).choose();
  }

  /** What is wrong here and was not in another set. */
  public Map<String, String> newProblems(RunbookSet before) {
    Map<String, String> fresh = new TreeMap<>(problems);
    fresh.keySet().removeAll(before.problems().keySet());
    return fresh;
  }

  /** One choice under way. */
  private static final class Choosing {
    private final Map<String, CheckedRunbook> all = new TreeMap<>();
    private final AgentConfiguration.Runbooks configuration;
    private final ParamBinder binder;
    private final Map<String, String> environment;
    private final List<EnabledRunbook> enabled = new ArrayList<>();
    private final List<AgentView.LeftOut> leftOut = new ArrayList<>();
    private final Map<String, String> problems;

    Choosing(
        Loaded loaded,
        AgentConfiguration.Runbooks configuration,
        ParamBinder binder,
        Map<String, String> environment) {
      this.configuration = configuration;
      this.binder = binder;
      this.environment = environment;
      this.problems = new LinkedHashMap<>(loaded.broken());
      loaded.library().forEach(one -> all.put(one.id(), one));
      Set<String> own = new LinkedHashSet<>();
      for (CheckedRunbook one : loaded.folders()) {
        if (own.add(one.id())) {
          all.put(one.id(), one);
        } else {
          String file = one.sources().whole().name();
          problems.put(
              file,
              "expected each runbook once, found `" + one.id() + "` a second time in " + file);
        }
      }
    }

    RunbookSet choose() {
      configuration.configure().keySet().forEach(this::known);
      for (CheckedRunbook one : all.values()) {
        Optional<String> reason = configuration.reasonAgainst(one.runbook().metadata());
        if (reason.isPresent()) {
          leftOut.add(new AgentView.LeftOut(one, reason.get()));
        } else {
          bind(one);
        }
      }
      return new RunbookSet(enabled, watching(), leftOut, problems);
    }

    private void known(String id) {
      if (all.values().stream()
          .noneMatch(one -> AgentConfiguration.Runbooks.answersTo(one.runbook().metadata(), id))) {
        problems.put(
            "runbooks.configure." + id,
            "expected the id of a runbook, found `"
                + id
                + "`"
                + Suggestions.nearest(id, all.keySet())
                    .map(near -> "; did you mean `" + near + "`?")
                    .orElse(""));
      }
    }

    private Optional<Configured> configured(CheckedRunbook runbook) {
      return configuration.configured(runbook.runbook().metadata());
    }

    private void bind(CheckedRunbook runbook) {
      ParamSources sources =
          new ParamSources(
              Map.of(), configured(runbook).map(Configured::params).orElse(Map.of()), environment);
      switch (binder.bind(runbook, sources)) {
        case ParamBinding.Bound bound -> enabled.add(new EnabledRunbook(runbook, bound.params()));
        case ParamBinding.Refused refused -> {
          String why =
              refused.problems().stream().map(Object::toString).collect(Collectors.joining("; "));
          problems.put(runbook.id(), why);
          leftOut.add(new AgentView.LeftOut(runbook, why));
        }
      }
    }

    private List<EnabledRunbook> watching() {
      List<Metadata> known = enabled.stream().map(Choosing::metadata).toList();
      Generations generations = new Generations(known);
      return enabled.stream()
          .filter(one -> configured(one.runbook()).map(Configured::watch).orElse(true))
          .filter(one -> known.stream().noneMatch(it -> generations.supersedes(it, metadata(one))))
          .toList();
    }

    private static Metadata metadata(EnabledRunbook one) {
      return one.runbook().runbook().metadata();
    }
  }
}
