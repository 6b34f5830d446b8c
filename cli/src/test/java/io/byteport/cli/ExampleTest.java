package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.ParamBinder;
import io.byteport.engine.signal.ParamBinding;
import io.byteport.engine.signal.ParamSources;
import io.byteport.engine.signal.Router;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything under {@code examples/} works as it stands there. */
class ExampleTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Instant NOW = Instant.parse("2026-01-31T03:05:00Z");

  static List<Path> signals() throws IOException {
    return files().filter(file -> file.getParent().endsWith("signals")).toList();
  }

  static List<Path> runbooks() throws IOException {
    return files().filter(file -> file.toString().endsWith(".yaml")).toList();
  }

  /**
   * All but those that others read: for CI {@link CommandLinesTest}, the chart {@link
   * ChartDataTest} and {@link ChartTest}, the unit {@link DeploymentTest}.
   */
  private static Stream<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(EXAMPLES)) {
      return walk
          .filter(Files::isRegularFile)
          .filter(
              file ->
                  Stream.of("ci", "docker", "helm", "systemd")
                      .noneMatch(other -> file.startsWith(EXAMPLES.resolve(other))))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("signals")
  void a_signal_is_taken_by_a_shipped_runbook(Path file) throws IOException {
    Signal signal = SignalReader.read(file.toString(), Files.readString(file), NOW);
    CheckedRunbook runbook = Language.load().find("crashloopbackoff_v2");
    ParamBinding params =
        new ParamBinder(new Evaluator(), Inventory.EMPTY).bind(runbook, ParamSources.NONE);
    EnabledRunbook enabled = new EnabledRunbook(runbook, ((ParamBinding.Bound) params).params());
    assertThat(new Router(new Evaluator(), Inventory.EMPTY).route(signal, List.of(enabled), NOW))
        .isInstanceOf(Routing.Chosen.class);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("runbooks")
  void a_runbook_is_valid(Path file) {
    Program validate = Program.run("validate", file.toString());
    assertThat(validate.out() + validate.err()).isNotNull();
    assertThat(validate.status()).isZero();
  }

  @Test
  void every_example_is_of_a_kind_that_is_tested_here() throws IOException {
    List<Path> tested = Stream.concat(signals().stream(), runbooks().stream()).toList();
    assertThat(files())
        .filteredOn(file -> !file.endsWith("README.md"))
        .containsExactlyInAnyOrderElementsOf(tested);
  }
}
