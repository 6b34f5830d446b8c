package io.byteport.adapter.notify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.slack.com/services/T0/B0/x",
        "https://hooks.example.com:8443/a/?b=c&d=e",
        "http://localhost:8080",
        "http://127.0.0.1:8080/x",
        "http://[::1]:8080/x"
      })
  void https_and_this_machine_are_sent_to(String address) {
    assertThat(Destination.of(address).base()).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/x",
        "http://127.0.0.1.example.com/x",
        "http://localhost.example.com/",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "https://?",
        "https:///xy",
        "hooks.slack.com/services",
        "https://user:word@example.com/",
        "https://example.com/#x",
        "https://exa mple.com/",
        ""
      })
  void anything_else_is_refused_and_not_repeated(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Destination.of(address))
        .withMessageStartingWith("expected an address such as")
        .satisfies(
            refused ->
                assertThat(refused.getMessage())
                    .doesNotContain(address.isEmpty() ? "\u0000" : address));
  }

  @Test
  void a_segment_stays_a_segment() {
    assertThat(Destination.of("https://api.example.com/v1/").at("a/b", "..?c=d#e"))
        .hasToString("https://api.example.com/v1/a%2Fb/..%3Fc%3Dd%23e");
  }
}
