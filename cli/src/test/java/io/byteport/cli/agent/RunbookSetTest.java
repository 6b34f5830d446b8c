package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentConfiguration.Configured;
import io.byteport.dsl.agent.AgentConfiguration.Enable;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.ParamBinder;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunbookSetTest {
  private static final RunbookLoader LOADER =
      new RunbookLoader(
          ClasspathCatalogue.load(RunbookSetTest.class.getClassLoader()).value().orElseThrow());

  private static final CheckedRunbook OLD = runbook("old", "shipped", "[]", "1");
  private static final CheckedRunbook NEW = runbook("new", "shipped", "[old]", "1");
  private static final CheckedRunbook BETA = runbook("beta", "beta", "[]", "1");

  @Test
  void what_is_shipped_may_be_started_and_only_the_newest_watches() {
    RunbookSet set = set(Enable.NEWEST, Map.of());

    assertThat(set.enabled()).extracting(EnabledRunbook::id).containsExactly("new", "old");
    assertThat(set.watching()).extracting(EnabledRunbook::id).containsExactly("new");
    assertThat(set.leftOut())
        .singleElement()
        .satisfies(one -> assertThat(one.why()).startsWith("it is in beta"));
  }

  @Test
  void all_means_those_in_beta_too() {
    assertThat(set(Enable.ALL, Map.of()).enabled())
        .extracting(EnabledRunbook::id)
        .containsExactly("beta", "new", "old");
  }

  @Test
  void listed_means_those_that_are_named() {
    RunbookSet set = set(Enable.LISTED, Map.of("old", configured(true, true, Map.of())));

    assertThat(set.enabled()).extracting(EnabledRunbook::id).containsExactly("old");
    assertThat(set.watching()).extracting(EnabledRunbook::id).containsExactly("old");
  }

  @Test
  void what_is_disabled_supersedes_nothing() {
    RunbookSet set = set(Enable.NEWEST, Map.of("new", configured(false, true, Map.of())));

    assertThat(set.watching()).extracting(EnabledRunbook::id).containsExactly("old");
  }

  @Test
  void a_runbook_that_is_not_to_watch_can_be_started_all_the_same() {
    RunbookSet set = set(Enable.NEWEST, Map.of("new", configured(null, false, Map.of())));

    assertThat(set.enabled()).extracting(EnabledRunbook::id).contains("new");
    assertThat(set.watching()).isEmpty();
  }

  @Test
  void a_runbook_whose_parameters_are_wrong_is_left_out_and_the_others_run() {
    RunbookSet set =
        set(Enable.NEWEST, Map.of("new", configured(null, true, Map.of("most", Value.of("many")))));

    assertThat(set.enabled()).extracting(EnabledRunbook::id).containsExactly("old");
    assertThat(set.problems()).containsOnlyKeys("new");
    assertThat(set.problems().get("new")).contains("most");
  }

  @Test
  void only_what_was_not_wrong_before_is_new() {
    RunbookSet wrong =
        set(Enable.NEWEST, Map.of("new", configured(null, true, Map.of("most", Value.of("many")))));

    assertThat(wrong.newProblems(set(Enable.NEWEST, Map.of()))).containsOnlyKeys("new");
    assertThat(wrong.newProblems(wrong)).isEmpty();
  }

  @Test
  void a_runbook_of_a_folder_takes_the_place_of_one_of_the_library() {
    CheckedRunbook own = runbook("old", "shipped", "[]", "2");
    RunbookSet set =
        RunbookSet.of(
            new RunbookSet.Loaded(List.of(OLD), List.of(own), Map.of()),
            runbooks(Enable.NEWEST, Map.of()),
            new ParamBinder(new Evaluator(), Inventory.EMPTY),
            Map.of());

    assertThat(set.enabled()).extracting(EnabledRunbook::runbook).containsExactly(own);
  }

  @Test
  void a_name_that_is_no_runbook_is_told_with_the_nearest() {
    assertThat(set(Enable.NEWEST, Map.of("nwe", configured(true, true, Map.of()))).problems())
        .containsOnlyKeys("runbooks.configure.nwe");
  }

  private static RunbookSet set(Enable enable, Map<String, Configured> configure) {
    return RunbookSet.of(
        new RunbookSet.Loaded(List.of(OLD, NEW, BETA), List.of(), Map.of()),
        runbooks(enable, configure),
        new ParamBinder(new Evaluator(), Inventory.EMPTY),
        Map.of());
  }

  private static AgentConfiguration.Runbooks runbooks(
      Enable enable, Map<String, Configured> configure) {
    return new AgentConfiguration.Runbooks(List.of(), true, enable, configure);
  }

  private static Configured configured(
      @Nullable Boolean enabled, boolean watch, Map<String, Value> params) {
    return new Configured(enabled, watch, params);
  }

  private static CheckedRunbook runbook(
      String id, String status, String supersedes, String version) {
    var checked =
        LOADER.load(
            new SourceFile(
                id + version + ".yaml",
                """
                apiVersion: byteport.io/v1
                kind: Runbook
                metadata:
                  id: ID
                  title: An application is stuck
                  category: application
                  severity: high
                  status: STATUS
                  version: VERSION.0.0
                  supersedes: SUPERSEDES
                params:
                  most: { type: integer, default: 3, doc: How many }
                detectors:
                  app_stuck:
                    doc: It is stuck
                inputs:
                  name: { type: string, required: true, doc: Which }
                target:
                  type: service
                  name: ${inputs.name}
                classify:
                  rules:
                    - class: stuck
                      when: params.most > 2
                      confidence: 0.9
                      because: It is stuck
                remediate:
                  stuck:
                    steps:
                      - id: ask
                        escalate: Somebody must look
                  unknown:
                    advice: Look at it
                summary: ${target.name} ${run.result}
                escalate:
                  to:
                    mail: {}
                """
                    .replace("ID", id)
                    .replace("STATUS", status)
                    .replace("VERSION", version)
                    .replace("SUPERSEDES", supersedes)));
    return checked.value().orElseThrow(() -> new AssertionError(checked.diagnostics().toString()));
  }
}
