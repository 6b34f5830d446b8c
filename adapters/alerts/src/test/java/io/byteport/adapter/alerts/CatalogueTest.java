package io.byteport.adapter.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(CatalogueTest.class.getClassLoader()).value().orElseThrow();

  private static List<SourceType> types() {
    return ServiceLoader.load(SourceType.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  @Test
  void the_catalogue_has_no_findings() {
    assertThat(ClasspathCatalogue.load(getClass().getClassLoader()).diagnostics())
        .extracting(Diagnostic::message)
        .isEmpty();
  }

  @Test
  void every_type_of_source_is_described_and_every_described_one_is_there() {
    assertThat(types())
        .extracting(SourceType::name)
        .containsExactlyInAnyOrderElementsOf(CATALOGUE.sources().keySet());
  }

  @Test
  void every_type_says_how_it_is_heard_and_what_its_severities_are() {
    for (ConnectionType type : CATALOGUE.sources().values()) {
      assertThat(type.hearing()).as(type.name()).isNotNull();
      assertThat(type.doc()).as(type.name()).containsAnyOf("everit", "warning");
      assertThat(type.settings().values())
          .allSatisfy(setting -> assertThat(setting.doc()).as(setting.name()).isNotBlank());
    }
  }

  @Test
  void what_is_opened_without_settings_is_heard_as_its_description_says() {
    for (SourceType type : types()) {
      ConnectionType described = CATALOGUE.sources().get(type.name());
      assertThat(described).as(type.name()).isNotNull();
      try (Source source = Given.open(type, java.util.Map.of(), java.util.Map.of())) {
        ConnectionType.Hearing hearing = described.hearing();
        assertThat(hearing).isNotNull();
        if (!hearing.calls()) {
          assertThat(source.receiver()).as(type.name()).isEmpty();
        }
        assertThat(source.feedback()).as(type.name()).isEmpty();
      }
    }
  }
}
