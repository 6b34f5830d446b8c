package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.AgentLimit;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.StormLimits;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Router;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentPolicyTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T12:00:00Z");
  private static final Inventory PRODUCTION =
      new Inventory(
          List.of(
              Inventory.Entry.of("cluster", "main", Map.of())
                  .withNotes(Map.of("environment", "production"), Map.of())));

  private static final CheckedRunbook RUNBOOK = runbook();

  @Test
  void without_a_word_about_it_a_run_observes() {
    assertThat(policy(List.of()).level()).isEqualTo(Autonomy.OBSERVE);
    assertThat(policy(List.of(entry("runbook.status == \"beta\"", "act"))).level())
        .isEqualTo(Autonomy.OBSERVE);
  }

  @Test
  void of_all_entries_that_hold_the_lowest_counts() {
    Policy policy =
        policy(
            List.of(
                entry("true", "act"),
                entry("runbook.category == \"application\"", "approve"),
                entry("runbook.category == \"database\"", "observe")));

    assertThat(policy.forClass("stuck")).isEqualTo(Autonomy.APPROVE);
  }

  @Test
  void a_class_is_held_down_by_an_entry_about_it_alone() {
    Policy policy = policy(List.of(entry("true", "act"), entry("class == \"stuck\"", "propose")));

    assertThat(policy.forClass("stuck")).isEqualTo(Autonomy.PROPOSE);
    assertThat(policy.forClass("overloaded")).isEqualTo(Autonomy.ACT);
    assertThat(policy.forClass(null)).isEqualTo(Autonomy.ACT);
  }

  @Test
  void an_entry_about_an_action_lowers_each_class_that_leads_to_it_also_through_blocks() {
    Policy policy =
        policy(
            List.of(
                entry("true", "act"),
                entry("action == \"kubectl.rolloutRestart\"", "approve"),
                entry("action == \"shell.run\"", "observe")));

    assertThat(policy.forClass("stuck")).isEqualTo(Autonomy.APPROVE);
    assertThat(policy.forClass("blocked")).isEqualTo(Autonomy.APPROVE);
    assertThat(policy.forClass("overloaded")).isEqualTo(Autonomy.ACT);
    assertThat(policy.forClass("unknown")).isEqualTo(Autonomy.ACT);
  }

  @Test
  void labels_of_a_target_are_those_of_the_cluster_that_it_lies_in() {
    List<AgentConfiguration.Level> levels =
        List.of(
            entry("true", "act"),
            entry("target.labels[\"environment\"] == \"production\"", "approve"));

    assertThat(policy(levels, Map.of(), PRODUCTION, MONDAY).level()).isEqualTo(Autonomy.APPROVE);
  }

  @Test
  void what_cannot_be_decided_lowers_and_never_raises() {
    List<AgentConfiguration.Level> lower =
        List.of(
            entry("true", "act"),
            entry("target.labels[\"environment\"] == \"production\"", "propose"));
    List<AgentConfiguration.Level> raise =
        List.of(entry("target.labels[\"environment\"] == \"staging\"", "act"));

    assertThat(policy(lower, Map.of(), Inventory.EMPTY, MONDAY).level())
        .isEqualTo(Autonomy.PROPOSE);
    assertThat(policy(raise, Map.of(), Inventory.EMPTY, MONDAY).level())
        .isEqualTo(Autonomy.OBSERVE);
  }

  @Test
  void a_recurring_window_lowers_while_it_is_open_in_its_own_zone() {
    AgentConfiguration.Window window =
        new AgentConfiguration.Window(
            new AgentConfiguration.Recurring(
                "0 2 * * SUN", ZoneId.of("Europe/Madrid"), Duration.ofHours(3)),
            null,
            "observe");

    assertThat(during(window, "2026-03-08T00:59:59Z")).isEqualTo(Autonomy.ACT);
    assertThat(during(window, "2026-03-08T01:00:00Z")).isEqualTo(Autonomy.OBSERVE);
    assertThat(during(window, "2026-03-08T03:59:59Z")).isEqualTo(Autonomy.OBSERVE);
    assertThat(during(window, "2026-03-08T04:00:00Z")).isEqualTo(Autonomy.ACT);
  }

  @Test
  void a_window_with_a_condition_lowers_only_what_it_is_about() {
    AgentConfiguration.Once time =
        new AgentConfiguration.Once(MONDAY.minusSeconds(60), MONDAY.plusSeconds(60));

    assertThat(during(window(time, "runbook.id == \"another\""), MONDAY.toString()))
        .isEqualTo(Autonomy.ACT);
    assertThat(during(window(time, "runbook.id == \"stuck_app\""), MONDAY.toString()))
        .isEqualTo(Autonomy.PROPOSE);
    assertThat(during(window(time, null), "2026-03-02T12:01:00Z")).isEqualTo(Autonomy.ACT);
  }

  @Test
  void an_open_window_never_raises() {
    AgentConfiguration.Once time =
        new AgentConfiguration.Once(MONDAY.minusSeconds(60), MONDAY.plusSeconds(60));
    Policy policy =
        policy(
            List.of(entry("true", "observe")),
            Map.of("w", window(time, null)),
            Inventory.EMPTY,
            MONDAY);

    assertThat(policy.level()).isEqualTo(Autonomy.OBSERVE);
  }

  @Test
  void limits_of_the_agent_go_with_every_run() {
    assertThat(policy(List.of(entry("true", "act"))).limits())
        .containsExactly(new AgentLimit("per_hour", 40, Duration.ofHours(1), List.of(), List.of()));
  }

  @Test
  void without_a_word_about_it_storm_protection_is_the_engines_own() {
    assertThat(policy(List.of(entry("true", "act"))).storm()).isEqualTo(StormLimits.DEFAULT);
  }

  @Test
  void how_long_questions_wait_goes_with_every_run() {
    assertThat(policy(List.of(entry("true", "approve"))).askFor())
        .isEqualTo(Duration.ofMinutes(15));
  }

  private static Autonomy during(AgentConfiguration.Window window, String at) {
    return policy(
            List.of(entry("true", "act")), Map.of("w", window), Inventory.EMPTY, Instant.parse(at))
        .level();
  }

  private static AgentConfiguration.Window window(
      AgentConfiguration.Time time, @Nullable String when) {
    return new AgentConfiguration.Window(time, when == null ? null : typed(when), "propose");
  }

  private static Policy policy(List<AgentConfiguration.Level> levels) {
    return policy(levels, Map.of(), Inventory.EMPTY, MONDAY);
  }

  private static Policy policy(
      List<AgentConfiguration.Level> levels,
      Map<String, AgentConfiguration.Window> windows,
      Inventory inventory,
      Instant at) {
    Signal signal =
        new Signal(
            "app_stuck",
            "test",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of("namespace", "shop", "deployment", "web"),
            at,
            null,
            "f",
            null);
    Routing.Chosen chosen =
        (Routing.Chosen)
            new Router(new Evaluator(), inventory)
                .route(signal, List.of(new EnabledRunbook(RUNBOOK, Value.StructValue.EMPTY)), at);
    AgentConfiguration configuration =
        Configurations.with(
            levels,
            windows,
            Map.of(
                "per_hour",
                new AgentConfiguration.Limit(40, Duration.ofHours(1), List.of(), List.of())));
    return new AgentPolicy(configuration, new Evaluator(), inventory).of(chosen, signal, at);
  }

  private static AgentConfiguration.Level entry(String when, String level) {
    return new AgentConfiguration.Level(typed(when), level, Span.START);
  }

  private static TypedExpr typed(String text) {
    SourceFile file = new SourceFile("expression", text);
    Scope scope =
        Scope.EMPTY
            .with("runbook", TypedExpr.RootKind.LANGUAGE, texts("id", "category", "status"))
            .with(
                "target",
                TypedExpr.RootKind.LANGUAGE,
                RecordType.of("Target", Map.of("labels", new Type.MapType(Type.Scalar.STRING))))
            .with("class", TypedExpr.RootKind.LANGUAGE, Type.Scalar.STRING.orNull())
            .with("action", TypedExpr.RootKind.LANGUAGE, Type.Scalar.STRING.orNull());
    return TypeChecker.check(
            file,
            ExprParser.parse(file, text, SourceMap.straight(0, text.length()))
                .value()
                .orElseThrow(),
            scope,
            Type.Special.ANY)
        .value()
        .orElseThrow();
  }

  private static Type texts(String... fields) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (String field : fields) {
      types.put(field, Type.Scalar.STRING);
    }
    return RecordType.of("Texts", types);
  }

  private static CheckedRunbook runbook() {
    var checked =
        new RunbookLoader(
                ClasspathCatalogue.load(AgentPolicyTest.class.getClassLoader())
                    .value()
                    .orElseThrow())
            .load(
                new SourceFile(
                    "stuck_app.yaml",
                    """
                    apiVersion: byteport.io/v1
                    kind: Runbook
                    metadata:
                      id: stuck_app
                      title: An application is stuck
                      category: application
                      severity: high
                      status: shipped
                      version: 1.0.0
                    detectors:
                      app_stuck:
                        doc: It is stuck
                    inputs:
                      namespace: { type: string, required: true, doc: Where }
                      deployment: { type: string, required: true, doc: Which }
                    target:
                      type: workload
                      namespace: ${inputs.namespace}
                      name: ${inputs.deployment}
                    classify:
                      rules:
                        - class: stuck
                          when: signal.value == 1
                          confidence: 0.9
                          because: It is stuck
                        - class: blocked
                          when: signal.value == 2
                          confidence: 0.9
                          because: It is blocked
                        - class: overloaded
                          when: signal.value == 3
                          confidence: 0.9
                          because: It is overloaded
                    remediate:
                      stuck:
                        steps:
                          - id: restart
                            uses: kubectl.rolloutRestart
                            with:
                              workload: ${target}
                      blocked:
                        steps:
                          - call: restarted
                      overloaded:
                        steps:
                          - id: ask
                            escalate: Somebody must look
                      unknown:
                        advice: Look at it
                    blocks:
                      restarted:
                        steps:
                          - id: restart_in_block
                            uses: kubectl.rolloutRestart
                            with:
                              workload: ${target}
                    verify:
                      expect:
                        fine: signal.cleared
                    summary: ${target.name} ${run.result}
                    escalate:
                      to:
                        mail: {}
                    """));
    return checked.value().orElseThrow(() -> new AssertionError(checked.diagnostics().toString()));
  }
}
