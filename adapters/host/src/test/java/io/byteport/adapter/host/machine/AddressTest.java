package io.byteport.adapter.host.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory.Entry;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.3.11, 10.0.3.11, 22",
    "10.0.3.11:2222, 10.0.3.11, 2222",
    "web-1.example.com:22, web-1.example.com, 22",
    "[2001:db8::1], 2001:db8::1, 22",
    "[2001:db8::1]:2222, 2001:db8::1, 2222",
    "2001:db8::1, 2001:db8::1, 22"
  })
  void an_address_may_say_its_port(String written, String host, int port) throws ActionException {
    Address address =
        Address.of(Entry.of("host", "web", Map.of("address", written, "user", "byteport")));
    assertThat(address.host()).isEqualTo(host);
    assertThat(address.port()).isEqualTo(port);
    assertThat(address.user()).isEqualTo("byteport");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web:0", "web:65536", "web:ssh", "web:"})
  void a_port_that_is_none_is_refused(String written) {
    assertThatThrownBy(() -> Address.of(Entry.of("host", "web", Map.of("address", written))))
        .hasMessageContaining("must be from 1 to 65535");
  }
}
