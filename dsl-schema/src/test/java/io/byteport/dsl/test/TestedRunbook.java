package io.byteport.dsl.test;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import java.nio.file.Path;

/** The runbook that the tests of these tests are about. */
public final class TestedRunbook {
  public static final CheckedRunbook CRASH_LOOP =
      new RunbookLoader(Catalogues.TEST)
          .load(Path.of("src", "test", "resources", "golden", "check", "clean.yaml"))
          .value()
          .orElseThrow();

  private TestedRunbook() {}
}
