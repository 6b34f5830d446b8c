package io.byteport.dsl.golden;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Overlaps;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FolderGoldenTest {
  private static final Path BESIDE =
      Path.of("src", "test", "resources", "golden", "check", "clean-small.yaml");
  private final RunbookLoader loader = new RunbookLoader(Catalogues.TEST);

  @TestFactory
  Stream<DynamicTest> what_is_wrong_between_a_runbook_and_the_one_beside_it_is_told()
      throws IOException {
    CheckedRunbook beside = load(new SourceFile("a-pod-restarts.yaml", Files.readString(BESIDE)));
    return new GoldenFolder("folder", file -> Overlaps.find(List.of(load(file), beside))).tests();
  }

  private CheckedRunbook load(SourceFile file) {
    return loader.load(file).value().orElseThrow();
  }
}
