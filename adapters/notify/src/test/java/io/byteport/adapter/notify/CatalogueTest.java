package io.byteport.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.spi.Inventory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CatalogueTest {
  private static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(CatalogueTest.class.getClassLoader()).value().orElseThrow();
  static final List<ChannelType> TYPES =
      ServiceLoader.load(ChannelType.class).stream().map(ServiceLoader.Provider::get).toList();

  /** A value for each setting that is needed. */
  private static final Map<String, String> VALUES =
      Map.of(
          "from", "BytePort <byteport@example.com>",
          "to", "oncall@example.com",
          "address", "https://hooks.example.com/in");

  @Test
  void the_catalogue_has_no_findings() {
    assertThat(ClasspathCatalogue.load(getClass().getClassLoader()).diagnostics())
        .extracting(Diagnostic::message)
        .isEmpty();
  }

  @Test
  void what_is_described_is_there_and_what_is_there_is_described() {
    assertThat(TYPES)
        .extracting(ChannelType::name)
        .containsExactlyInAnyOrderElementsOf(CATALOGUE.channels().keySet());
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void what_is_required_is_enough_to_open_it(ChannelType type) {
    ConnectionType described = CATALOGUE.channels().get(type.name());
    Entries entry = Entries.of(described.kind(), type.name());
    described
        .settings()
        .values()
        .forEach(
            setting -> {
              if (setting.required()) {
                entry.setting(
                    setting.name(),
                    setting.form() == null
                        ? VALUES.getOrDefault(setting.name(), "")
                        : setting.form().example());
              }
            });
    described
        .credentials()
        .values()
        .forEach(
            credential -> {
              if (credential.required()) {
                entry.secret(credential.name(), "sesame");
              }
            });
    Inventory.Entry whole = entry.entry();
    try (Channel channel = type.open(whole, InstantSource.fixed(Notices.AT))) {
      assertThat(channel).isNotNull();
    }
  }
}
