package io.byteport.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.sql.connect.Pause;
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
  private static final Set<String> FAMILIES = Set.of("sql", "pgbouncer");

  private final Adapter adapter = new SqlAdapter(Inventory.EMPTY, Pause.real());
  private final ActionCatalogue catalogue =
      ClasspathCatalogue.load(getClass().getClassLoader()).value().orElseThrow();

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
                        .differences(action, catalogue.action(action.name()).orElseThrow())
                        .stream())
            .toList();
    assertThat(differences).isEmpty();
  }

  @Test
  void nothing_is_described_that_is_not_there() {
    assertThat(catalogue.actions())
        .filteredOn(described -> FAMILIES.contains(described.family()))
        .extracting(ActionDescription::name)
        .containsExactlyInAnyOrderElementsOf(adapter.actions().stream().map(Action::name).toList());
  }

  @Test
  void what_a_pgbouncer_or_a_slot_could_suffer_can_be_forbidden_although_no_action_does_it() {
    assertThat(catalogue.operations().get("pgbouncer")).contains("kill", "shutdown", "pause");
    assertThat(catalogue.operations().get("sql/replicationSlots")).contains("drop");
    assertThat(catalogue.operations().get("sql/replication")).contains("skip");
    assertThat(catalogue.actions())
        .filteredOn(described -> described.needs().containsKey("pgbouncer"))
        .flatExtracting(described -> described.needs().get("pgbouncer"))
        .containsOnly("show", "reload");
  }

  @Test
  void the_adapter_is_found_as_a_service_and_does_not_connect() {
    try (Adapters found = Adapters.discover(Inventory.EMPTY, getClass().getClassLoader())) {
      assertThat(found.registry().action("sql.terminate")).isPresent();
    }
  }
}
