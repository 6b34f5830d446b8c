package io.byteport.adapter.probes;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.CatalogueConformance;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Set<String> FAMILIES = Set.of("tcp", "tls", "dns", "http", "prometheus");

  private final Checked<ActionCatalogue> loaded =
      ClasspathCatalogue.load(getClass().getClassLoader());
  private final List<Action<?, ?>> actions = new ProbesAdapter(TcpDialer.network()).actions();

  @Test
  void the_catalogue_is_free_of_findings() {
    assertThat(loaded.diagnostics()).isEmpty();
  }

  @Test
  void every_action_is_what_the_catalogue_says() {
    ActionCatalogue catalogue = loaded.value().orElseThrow();
    for (Action<?, ?> action : actions) {
      assertThat(
              new CatalogueConformance()
                  .differences(action, catalogue.action(action.name()).orElseThrow()))
          .isEmpty();
    }
  }

  @Test
  void every_action_of_these_families_exists() {
    Set<String> names =
        loaded.value().orElseThrow().actions().stream()
            .filter(described -> FAMILIES.contains(described.family()))
            .map(ActionDescription::name)
            .collect(Collectors.toSet());
    assertThat(actions.stream().map(Action::name)).containsExactlyInAnyOrderElementsOf(names);
  }
}
