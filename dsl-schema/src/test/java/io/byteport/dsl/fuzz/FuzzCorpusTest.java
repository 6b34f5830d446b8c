package io.byteport.dsl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays the inputs that a fuzzer found worth keeping: seeds, and each one that once broke a
 * promise.
 */
class FuzzCorpusTest {
  private static final Path ROOT = Path.of("src", "test", "resources", "fuzz");
  private static final Duration LONGEST = Duration.ofSeconds(10);

  @TestFactory
  Stream<DynamicTest> every_input_that_was_ever_a_find_keeps_the_promises() {
    return Stream.of(FuzzTarget.values()).flatMap(FuzzCorpusTest::tests);
  }

  private static Stream<DynamicTest> tests(FuzzTarget target) {
    List<Path> inputs = inputs(ROOT.resolve(target.word()));
    assertThat(inputs).as(target.word()).isNotEmpty();
    return inputs.stream()
        .map(
            input ->
                DynamicTest.dynamicTest(
                    target.word() + "/" + input.getFileName(),
                    () ->
                        assertTimeoutPreemptively(
                            LONGEST, () -> target.run(Files.readAllBytes(input)))));
  }

  private static List<Path> inputs(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
