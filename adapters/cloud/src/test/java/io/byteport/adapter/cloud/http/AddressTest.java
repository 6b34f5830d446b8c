package io.byteport.adapter.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static final Address BASE = Address.of("https://api.example.com/v1/");

  @Property(tries = 500)
  void any_text_is_one_segment_and_comes_out_as_it_went_in(@ForAll String text) {
    String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String encoded = Address.encode(valid);
    assertThat(encoded).matches("[A-Za-z0-9._~%-]*");
    assertThat(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
        .isEqualTo(valid);
  }

  @Test
  void what_ends_a_segment_or_a_parameter_is_escaped() {
    assertThat(BASE.at("a/b", "c?d#e", "%2f", "x y").with("q", "a&b=c+d \"'").uri().toString())
        .isEqualTo(
            "https://api.example.com/v1/a%2Fb/c%3Fd%23e/%252f/x%20y?q=a%26b%3Dc%2Bd%20%22%27");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void a_segment_that_names_another_place_is_refused(String segment) {
    assertThatThrownBy(() -> BASE.at(segment)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.com",
        "https://user@example.com",
        "https://example.com/?a=b",
        "https://example.com/#x",
        "https:///path",
        "example.com"
      })
  void what_is_no_plain_address_is_refused(String text) {
    assertThatThrownBy(() -> Address.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_parameter_without_a_value_is_left_out() {
    assertThat(BASE.with("a", null).with("b", "1").uri())
        .hasToString("https://api.example.com/v1?b=1");
  }
}
