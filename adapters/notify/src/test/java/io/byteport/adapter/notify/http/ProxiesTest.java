package io.byteport.adapter.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HTTPS_PROXY", "http://proxy.example.com:3128",
          "no_proxy", "hooks.example.com, .internal.example.com");

  private static Proxy to(String address) {
    return new Proxies(ENVIRONMENT, null).select(URI.create(address)).getFirst();
  }

  @Test
  void the_world_is_reached_through_the_proxy() {
    InetSocketAddress proxy = (InetSocketAddress) to("https://hooks.slack.com/x").address();
    assertThat(proxy.getHostString()).isEqualTo("proxy.example.com");
    assertThat(proxy.getPort()).isEqualTo(3128);
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.com/x",
    "https://teams.internal.example.com/",
    "http://localhost:8080/",
    "http://127.0.0.1/"
  })
  void what_is_near_is_reached_directly(String address) {
    assertThat(to(address)).isEqualTo(Proxy.NO_PROXY);
  }

  @Test
  void without_a_proxy_everything_is_reached_directly() {
    assertThat(new Proxies(Map.of(), null).select(URI.create("https://hooks.slack.com/")))
        .containsExactly(Proxy.NO_PROXY);
  }
}
