package io.byteport.adapter.sql.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.engine.spi.ActionException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  private static Address of(Map<String, String> settings) throws ActionException {
    return Address.of(Rig.entry("postgres", "appdb", settings, ""), 5432);
  }

  @ParameterizedTest
  @CsvSource({
    "pg-1, pg-1, 5432, ",
    "pg-1:6000, pg-1, 6000, ",
    "pg-1:6000/shop, pg-1, 6000, shop",
    "pg-1/shop, pg-1, 5432, shop",
    "10.0.0.1:5432/a/b?c, 10.0.0.1, 5432, a/b?c",
    "[::1], ::1, 5432, ",
    "[fe80::1%eth0]:6000/shop, fe80::1%eth0, 6000, shop",
  })
  void host_port_and_database_are_read(String written, String host, int port, String dbname)
      throws ActionException {
    assertThat(of(Map.of("address", written))).isEqualTo(new Address(host, port, dbname));
  }

  @Test
  void a_database_may_stand_beside_the_address() throws ActionException {
    assertThat(of(Map.of("address", "[::1]:1", "dbname", "shop")))
        .hasToString("[::1]:1/shop")
        .extracting(Address::server)
        .isEqualTo("[::1]:1");
    assertThat(of(Map.of("address", "h/a", "dbname", "b")).dbname()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "h:0", "h:65536", "h:x", "::1", "a b", "user@h", "postgres://h/db", ":5432"})
  void what_is_no_address_is_refused(String written) {
    assertThatThrownBy(() -> of(Map.of("address", written)))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("host:port/dbname");
  }

  @Test
  void an_entry_without_an_address_is_named() {
    assertThatThrownBy(() -> of(Map.of())).hasMessage("`appdb` has no address");
  }
}
