package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Adapters;
import io.byteport.engine.spi.CatalogueConformance;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Set<String> FAMILIES = Set.of("cloud", "render", "sentry", "github");
  private static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(CatalogueTest.class.getClassLoader()).value().orElseThrow();

  private final Adapter adapter = new CloudAdapterProvider().create(Inventory.EMPTY);

  /** The family http is shared with the probes. */
  private static boolean isOurs(ActionDescription described) {
    return FAMILIES.contains(described.family()) || described.name().equals("http.post");
  }

  @Test
  void the_catalogue_has_no_findings() {
    assertThat(ClasspathCatalogue.load(getClass().getClassLoader()).diagnostics())
        .extracting(Diagnostic::message)
        .isEmpty();
  }

  @Test
  void every_action_is_what_its_description_says() {
    CatalogueConformance conformance = new CatalogueConformance();
    List<String> differences =
        adapter.actions().stream()
            .flatMap(
                action ->
                    conformance
                        .differences(action, CATALOGUE.action(action.name()).orElseThrow())
                        .stream())
            .toList();
    assertThat(differences).isEmpty();
  }

  @Test
  void nothing_is_described_that_is_not_there() {
    assertThat(CATALOGUE.actions())
        .filteredOn(CatalogueTest::isOurs)
        .extracting(ActionDescription::name)
        .containsExactlyInAnyOrderElementsOf(adapter.actions().stream().map(Action::name).toList());
  }

  @Test
  void every_action_says_what_it_needs_and_every_change_how_it_is_repeated_and_probed() {
    assertThat(CATALOGUE.actions())
        .filteredOn(CatalogueTest::isOurs)
        .allSatisfy(
            described -> {
              assertThat(described.prerequisites().grants()).as(described.name()).isNotEmpty();
              assertThat(described.needs()).as(described.name()).isNotEmpty();
              if (described.effect() != ActionDescription.Effect.READ) {
                assertThat(described.repeat()).as(described.name()).isNotNull();
                assertThat(described.probe()).as(described.name()).isNotNull();
              }
            });
  }

  @Test
  void the_adapter_is_found_as_a_service_and_does_not_connect() {
    try (Adapters found = Adapters.discover(Inventory.EMPTY, getClass().getClassLoader())) {
      assertThat(found.registry().action("cloud.volume")).isPresent();
    }
  }
}
