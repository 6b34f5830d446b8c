package io.byteport.dsl.golden;

import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.test.TestedRunbook;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RunbookTestGoldenTest {

  @TestFactory
  Stream<DynamicTest> what_is_wrong_with_a_test_is_told_once_and_at_its_place() {
    return new GoldenFolder(
            "test",
            file ->
                RunbookTestLoader.load(file, TestedRunbook.CRASH_LOOP, TestedRunbook.INCLUDED)
                    .diagnostics())
        .tests();
  }
}
