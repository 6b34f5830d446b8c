package io.byteport.dsl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.byteport.dsl.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Whoever reads a text that is meant to hurt says what is wrong with it, soon. */
@Tag("slow")
class HardInputsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TestFactory
  Stream<DynamicNode> are_refused_with_findings_and_never_with_an_exception() {
    return Stream.of(FuzzTarget.RUNBOOK, FuzzTarget.TEST, FuzzTarget.AGENT, FuzzTarget.CATALOGUE)
        .map(
            target ->
                DynamicContainer.dynamicContainer(
                    target.word(),
                    HardInputs.all().entrySet().stream()
                        .map(
                            input ->
                                DynamicTest.dynamicTest(
                                    input.getKey(), () -> refused(target, input.getValue())))));
  }

  private static void refused(FuzzTarget target, Supplier<byte[]> input) {
    byte[] bytes = input.get();
    List<Diagnostic> found = assertTimeoutPreemptively(SOON, () -> target.findings(bytes));
    Promises.hold(found.size() > 100 ? found.subList(0, 100) : found);
    assertThat(found).anyMatch(Diagnostic::isError);
  }
}
