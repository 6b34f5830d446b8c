package io.byteport.dsl.golden;

import io.byteport.dsl.action.ActionCatalogueLoader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CatalogueGoldenTest {

  @TestFactory
  Stream<DynamicTest> what_is_wrong_with_a_catalogue_is_told_at_its_place() {
    return new GoldenFolder(
            "catalogue", file -> ActionCatalogueLoader.load(List.of(file)).diagnostics())
        .tests();
  }
}
