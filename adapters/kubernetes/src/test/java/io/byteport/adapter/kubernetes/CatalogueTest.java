package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Adapters;
import io.byteport.engine.spi.CatalogueConformance;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.WatchSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private final Adapter adapter = new KubernetesAdapter(Inventory.EMPTY);

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
                        .differences(action, Rig.CATALOGUE.action(action.name()).orElseThrow())
                        .stream())
            .toList();
    assertThat(differences).isEmpty();
  }

  @Test
  void nothing_is_described_that_is_not_there() {
    assertThat(Rig.CATALOGUE.actions())
        .filteredOn(described -> described.family().equals("kubectl"))
        .extracting(ActionDescription::name)
        .containsExactlyInAnyOrderElementsOf(adapter.actions().stream().map(Action::name).toList());
  }

  @Test
  void what_is_said_to_be_watched_is_watched() {
    assertThat(adapter.watches())
        .extracting(WatchSource::action)
        .containsExactlyInAnyOrderElementsOf(
            Rig.CATALOGUE.actions().stream()
                .filter(described -> described.family().equals("kubectl"))
                .filter(described -> described.watch() != null)
                .map(ActionDescription::name)
                .toList());
  }

  @Test
  void the_adapter_is_found_as_a_service_and_does_not_connect() {
    try (Adapters found = Adapters.discover(Inventory.EMPTY, getClass().getClassLoader())) {
      assertThat(found.registry().action("kubectl.pod")).isPresent();
    }
  }
}
