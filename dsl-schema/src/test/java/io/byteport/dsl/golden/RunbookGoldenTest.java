package io.byteport.dsl.golden;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.RunbookLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RunbookGoldenTest {

  @TestFactory
  Stream<DynamicTest> what_is_wrong_with_a_runbook_is_told_once_and_at_its_place() {
    RunbookLoader loader = new RunbookLoader(Catalogues.TEST);
    return new GoldenFolder("check", file -> loader.load(file).diagnostics()).tests();
  }
}
