package io.byteport.dsl.test;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.nio.file.Path;

/** The runbook that the tests of these tests are about. */
public final class TestedRunbook {
  public static final CheckedRunbook CRASH_LOOP =
      new RunbookLoader(Catalogues.TEST)
          .load(Path.of("src", "test", "resources", "golden", "check", "clean.yaml"))
          .value()
          .orElseThrow();

  /** Files of fixtures that these tests may include. */
  public static final IncludedFiles INCLUDED =
      (from, path) ->
          SourceReader.read(Path.of("src", "test", "resources", "included").resolve(path))
              .value()
              .map(file -> new SourceFile(path.replaceFirst("^\\./", ""), file.text()));

  private TestedRunbook() {}
}
