package io.byteport.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.CatalogueConformance;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void the_catalogue_says_what_the_actions_are() {
    Checked<ActionCatalogue> loaded = ClasspathCatalogue.load(getClass().getClassLoader());
    assertThat(loaded.diagnostics()).isEmpty();
    ActionCatalogue catalogue = loaded.value().orElseThrow();
    try (HostAdapter adapter = new HostAdapter(Inventory.EMPTY)) {
      for (Action<?, ?> action : adapter.actions()) {
        assertThat(catalogue.action(action.name())).as(action.name()).isPresent();
        assertThat(
                new CatalogueConformance()
                    .differences(action, catalogue.action(action.name()).orElseThrow()))
            .isEmpty();
      }
      List<String> described =
          catalogue.actions().stream()
              .map(each -> each.name())
              .filter(name -> name.matches("(host|proc|shell|acme)\\..*"))
              .toList();
      assertThat(adapter.actions().stream().map(Action::name))
          .containsExactlyInAnyOrderElementsOf(described);
    }
  }
}
