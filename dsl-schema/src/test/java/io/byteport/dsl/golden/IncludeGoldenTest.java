package io.byteport.dsl.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class IncludeGoldenTest {

  @TestFactory
  Stream<DynamicTest> what_is_wrong_with_what_is_included_is_told_in_its_own_file() {
    return new GoldenFolder("include", Shared::check).tests();
  }
}
