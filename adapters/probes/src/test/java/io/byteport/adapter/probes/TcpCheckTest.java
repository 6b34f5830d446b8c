package io.byteport.adapter.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TcpCheckTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final ActionContext context = new ActionContext(() -> Instant.EPOCH, SECOND, "test");

  @Test
  void tells_who_accepts_a_connection_from_who_does_not() throws Exception {
    int closed;
    try (ServerSocket server = listen()) {
      closed = server.getLocalPort();
    }
    try (ServerSocket server = listen()) {
      Endpoint open = new Endpoint("127.0.0.1", server.getLocalPort());
      Endpoint shut = new Endpoint("127.0.0.1", closed);

      TcpCheck.Output output = check(TcpDialer.network(), List.of(open, shut), null);

      assertThat(output.reachable()).containsExactly(open);
      assertThat(output.unreachable()).containsExactly(shut);
    }
  }

  @Test
  void a_name_that_nobody_knows_is_unreachable_rather_than_a_failure() throws Exception {
    Endpoint nowhere = new Endpoint("nowhere.invalid", 80);
    assertThat(check(TcpDialer.network(), List.of(nowhere), null).unreachable())
        .containsExactly(nowhere);
  }

  @Test
  void names_without_a_dot_are_looked_up_in_the_namespace() throws Exception {
    List<String> dialled = new CopyOnWriteArrayList<>();
    check(
        (endpoint, timeout) -> dialled.add(endpoint.toString()),
        List.of(new Endpoint("postgres", 5432), new Endpoint("db.example.com", 5432)),
        "production");
    assertThat(dialled)
        .containsExactlyInAnyOrder("postgres.production.svc:5432", "db.example.com:5432");
  }

  @Test
  void what_is_told_is_what_was_asked_whatever_was_dialled() throws Exception {
    Endpoint postgres = new Endpoint("postgres", 5432);
    TcpDialer refusing =
        (endpoint, timeout) -> {
          throw new IOException("refused");
        };
    assertThat(check(refusing, List.of(postgres), "production").unreachable())
        .containsExactly(postgres);
  }

  @Test
  void a_log_full_of_addresses_does_not_make_a_port_scan() {
    List<Endpoint> many =
        java.util.stream.IntStream.rangeClosed(1, TcpCheck.MOST_ENDPOINTS + 1)
            .mapToObj(port -> new Endpoint("10.0.0.1", port))
            .toList();
    assertThatThrownBy(() -> check((endpoint, timeout) -> {}, many, null))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("at most 64");
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private TcpCheck.Output check(TcpDialer dialer, List<Endpoint> endpoints, String namespace)
      throws Exception {
    return new TcpCheck(dialer).read(new TcpCheck.Input(endpoints, namespace, SECOND), context);
  }
}
