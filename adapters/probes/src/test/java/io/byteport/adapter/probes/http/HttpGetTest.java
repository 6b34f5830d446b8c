package io.byteport.adapter.probes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.probes.tls.ServedCertificates;
import io.byteport.adapter.probes.tls.TrustRoots;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpGetTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ActionContext CONTEXT =
      new ActionContext(() -> Instant.EPOCH, LIMIT, "test");
  private static final DataSize MOST = new DataSize(64 * 1024);

  private final Web web = new Web(TrustRoots.system());

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void an_answer_has_status_headers_body_and_json() throws Exception {
    try (Site site = new Site()) {
      site.answers(
          "/health",
          503,
          Map.of("Content-Type", "application/json", "Set-Cookie", "session=secret"),
          "{\"status\": \"down\", \"$size\": 5}");
      HttpGet.Output output = get(site.address() + "/health");

      assertThat(output.status()).isEqualTo(503);
      assertThat(output.headers())
          .containsEntry("content-type", "application/json")
          .doesNotContainKey("set-cookie");
      assertThat(output.body()).startsWith("{\"status\"");
      assertThat(output.json()).isEqualTo(fields("status", Value.of("down"), "$size", Value.of(5)));
      assertThat(output.truncated()).isFalse();
    }
  }

  @Test
  void a_body_is_cut_where_it_was_said_and_never_read_on() throws Exception {
    try (Site site = new Site()) {
      site.answers("/", 200, Map.of(), "[" + "1,".repeat(4_000_000) + "1]");
      HttpGet.Output output = get(site.address() + "/");

      assertThat(output.body()).hasSize(64 * 1024);
      assertThat(output.truncated()).isTrue();
      assertThat(output.json()).isEqualTo(Value.NULL);
    }
  }

  @Test
  void more_than_a_megabyte_is_not_read_whoever_asks() {
    assertThatThrownBy(
            () ->
                new HttpGet(Inventory.EMPTY, web)
                    .read(
                        new HttpGet.Input(
                            "http://127.0.0.1/", null, null, new DataSize(2 << 20), LIMIT),
                        CONTEXT))
        .hasMessageContaining("at most 1Mi");
  }

  @Test
  void a_redirect_within_the_server_is_followed_and_one_that_never_ends_is_not() throws Exception {
    try (Site site = new Site()) {
      site.answers("/old", 302, Map.of("Location", "/new"), "");
      site.answers("/new", 200, Map.of(), "here");
      site.answers("/loop", 302, Map.of("Location", "/loop"), "");

      assertThat(get(site.address() + "/old").body()).isEqualTo("here");
      assertThat(get(site.address() + "/old").url()).endsWith("/new");
      assertThatThrownBy(() -> get(site.address() + "/loop"))
          .hasMessageContaining("redirects more than 5 times");
    }
  }

  @Test
  void a_redirect_to_another_server_is_the_answer_and_nobody_goes_there() throws Exception {
    try (Site site = new Site();
        Site other = new Site()) {
      other.answers("/", 200, Map.of(), "never");
      site.answers("/", 307, Map.of("Location", other.address() + "/latest/meta-data"), "");
      HttpGet.Output output = get(site.address() + "/", service(site, "token", "s3cr3t"));

      assertThat(output.status()).isEqualTo(307);
      assertThat(output.headers().get("location")).startsWith(other.address());
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void credentials_go_to_their_own_server_only() throws Exception {
    try (Site site = new Site();
        Site other = new Site()) {
      site.answers("/", 200, Map.of(), "ok");
      Inventory inventory = service(site, "token", "s3cr3t\n");

      assertThat(get("/a/b", inventory).status()).isEqualTo(200);
      assertThat(site.asked().getFirst())
          .isEqualTo(new Site.Asked("GET", "/a/b", "Bearer s3cr3t", ""));
      assertThatThrownBy(() -> get(other.address() + "/", inventory))
          .hasMessageContaining("is not the address of `api`")
          .extracting(e -> ((ActionException) e).kind())
          .isEqualTo(FailureKind.FORBIDDEN);
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void credentials_that_would_break_a_header_are_refused_without_being_told() throws Exception {
    try (Site site = new Site()) {
      ActionException failure =
          catchThrowableOfType(
              ActionException.class, () -> get("/", service(site, "token", "s3cr3t\r\nX-Evil: 1")));
      assertThat(failure.reason()).contains("no header may hold").doesNotContain("s3cr3t");
      assertThat(site.asked()).isEmpty();
    }
  }

  @Test
  void parameters_are_encoded_and_stay_parameters() throws Exception {
    try (Site site = new Site()) {
      site.answers("/", 200, Map.of(), "ok");
      Map<String, String> query = new LinkedHashMap<>();
      query.put("q", "a&admin=1#x\r\nHost: evil");
      new HttpGet(Inventory.EMPTY, web)
          .read(new HttpGet.Input(site.address() + "/s", null, query, MOST, LIMIT), CONTEXT);

      assertThat(site.asked())
          .extracting(Site.Asked::target)
          .containsExactly("/s?q=a%26admin%3D1%23x%0D%0AHost%3A+evil");
    }
  }

  @Test
  void bodies_and_headers_that_steer_terminals_arrive_as_plain_text() throws Exception {
    try (Site site = new Site()) {
      byte[] raw = {'a', 0x1b, '[', '2', 'J', 0, '\n', (byte) 0xC2, (byte) 0x9B, (byte) 0xFF};
      site.answers("/", 200, Map.of("X-Note", "b" + (char) 0x9B + "c"), raw);
      HttpGet.Output output = get(site.address() + "/");

      assertThat(output.body()).isEqualTo("a\uFFFD[2J\uFFFD\n\uFFFD\uFFFD");
      assertThat(output.headers().get("x-note").chars().noneMatch(Character::isISOControl))
          .isTrue();
    }
  }

  @Test
  void what_is_no_address_is_refused_before_anything_is_sent() {
    for (String url :
        List.of(
            "file:///etc/passwd",
            "http://user:pw@127.0.0.1/",
            "/only/a/path",
            "http://a b/",
            "",
            "//127.0.0.1/",
            "http://127.0.0.1/\r\nX: y")) {
      assertThatThrownBy(() -> get(url))
          .isInstanceOf(ActionException.class)
          .extracting(e -> ((ActionException) e).kind())
          .isEqualTo(FailureKind.INVALID);
    }
  }

  @Test
  void failures_are_told_apart() throws Exception {
    int closed;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = server.getLocalPort();
    }
    try (ServedCertificates tls = ServedCertificates.ofAnUnknownAuthority();
        ServerSocket plain = greeting()) {
      assertThat(reason("http://127.0.0.1:" + closed + "/")).endsWith("accepts no connection");
      assertThat(reason("http://nowhere.invalid/")).endsWith("has no address that is known");
      assertThat(reason("https://localhost:" + tls.port() + "/"))
          .contains("shows a certificate that is not accepted");
      assertThat(reason("https://127.0.0.1:" + plain.getLocalPort() + "/"))
          .contains("made no TLS handshake");
    }
  }

  @Test
  void a_server_that_hangs_costs_no_more_than_the_time_given() throws Exception {
    try (Site site = new Site().hangs("/")) {
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () ->
                  new HttpGet(Inventory.EMPTY, web)
                      .read(
                          new HttpGet.Input(
                              site.address() + "/", null, null, MOST, Duration.ofMillis(300)),
                          CONTEXT));
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure.reason()).contains("did not answer within 300ms");
    }
  }

  @Test
  void roots_of_a_connection_are_the_only_ones_for_its_server(@TempDir Path folder)
      throws Exception {
    try (ServedCertificates server = ServedCertificates.ofAnUnknownAuthority();
        ServedCertificates other = ServedCertificates.ofAnUnknownAuthority()) {
      Path own = Files.writeString(folder.resolve("own.pem"), server.root());
      Path foreign = Files.writeString(folder.resolve("foreign.pem"), other.root());

      assertThat(reason(server, own)).contains("gave no answer");
      assertThat(reason(server, foreign)).contains("shows a certificate that is not accepted");
    }
  }

  private String reason(ServedCertificates server, Path roots) {
    Inventory inventory =
        new Inventory(
            List.of(
                Inventory.Entry.of(
                    "http",
                    "api",
                    Map.of(
                        "address",
                        "https://localhost:" + server.port(),
                        "caFile",
                        roots.toString()))));
    return catchThrowableOfType(ActionException.class, () -> get("/", inventory)).reason();
  }

  @Test
  void its_command_can_be_pasted() {
    assertThat(
            new HttpGet(Inventory.EMPTY, web)
                .command(
                    new HttpGet.Input(
                        "https://api.example.com/x", null, Map.of("a", "b c"), MOST, LIMIT)))
        .containsExactly("curl", "-sS", "--max-time", "60", "https://api.example.com/x?a=b+c");
  }

  /** Says at once to whoever connects that it speaks no TLS. */
  private static ServerSocket greeting() throws Exception {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = server.accept()) {
                socket
                    .getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
              } catch (IOException closed) {
                Thread.currentThread().interrupt();
              }
            });
    return server;
  }

  private String reason(String url) {
    return catchThrowableOfType(ActionException.class, () -> get(url)).reason();
  }

  private HttpGet.Output get(String url) throws Exception {
    return new HttpGet(Inventory.EMPTY, web)
        .read(new HttpGet.Input(url, null, null, MOST, LIMIT), CONTEXT);
  }

  private HttpGet.Output get(String url, Inventory inventory) throws Exception {
    return new HttpGet(inventory, web)
        .read(new HttpGet.Input(url, new HttpService("api"), null, MOST, LIMIT), CONTEXT);
  }

  private static Inventory service(Site site, String credential, String value) {
    return new Inventory(
        List.of(
            new Inventory.Entry(
                "http",
                "http",
                "api",
                List.of(),
                Map.of("address", Value.of(site.address())),
                Map.of(credential, new Secret("the test", () -> value, known -> {})),
                Map.of(),
                Map.of())));
  }

  private static Value fields(String one, Value first, String other, Value second) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put(one, first);
    fields.put(other, second);
    return Value.of(fields);
  }
}
