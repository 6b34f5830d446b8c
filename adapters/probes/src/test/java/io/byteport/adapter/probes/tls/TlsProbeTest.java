package io.byteport.adapter.probes.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.probes.tls.Authority.Identity;
import io.byteport.adapter.probes.tls.Authority.Wish;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsProbeTest {
  private static final Instant NOW = Authority.NOW;
  private static final Authority ROOT = Authority.root("CN=Root One,O=Public Trust");
  private static final Authority CA = ROOT.intermediate("CN=Issuing 7,O=Let's Encrypt");
  private static final ActionContext CONTEXT =
      new ActionContext(() -> NOW, Duration.ofSeconds(60), "test");

  @Test
  void a_good_certificate_is_described_and_found_good() throws Exception {
    Identity identity = CA.issue(Wish.of("localhost", "api.example.com"));
    try (TlsServer server = TlsServer.showing(identity)) {
      TlsProbe.Output output = probe(server.port(), null);

      assertThat(output.problem()).isNull();
      assertThat(output.handshakeOk()).isTrue();
      assertThat(output.chainValid()).isTrue();
      assertThat(output.publiclyTrusted()).isTrue();
      assertThat(output.nameMatches()).isTrue();
      assertThat(output.selfSigned()).isFalse();
      assertThat(output.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(60)));
      assertThat(output.issuerOrg()).isEqualTo("Let's Encrypt");
      assertThat(output.issuerCn()).isEqualTo("Issuing 7");
      assertThat(output.sans()).containsExactly("localhost", "api.example.com");
      assertThat(output.keyType()).isEqualTo("EC 256");
      assertThat(output.protocol()).isEqualTo("TLSv1.3");
      assertThat(output.cipher()).startsWith("TLS_");
      assertThat(output.serial())
          .isEqualToIgnoringCase(identity.chain().getFirst().getSerialNumber().toString(16));
      assertThat(output.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
      assertThat(output.chain()).hasSize(2);
      assertThat(output.stapled()).isFalse();
      assertThat(output.mustStaple()).isFalse();
      assertThat(server.asked()).isEqualTo("localhost");
      assertThat(server.asked()).as("nothing is sent").isIn("(end)", "(broken)");
    }
  }

  @Test
  void an_expired_certificate_is_an_answer_and_still_of_a_public_authority() throws Exception {
    Wish expired =
        Wish.of("localhost").valid(NOW.minus(Duration.ofDays(91)), NOW.minus(Duration.ofDays(1)));
    TlsProbe.Output output = shown(CA.issue(expired));

    assertThat(output.handshakeOk()).isFalse();
    assertThat(output.chainValid()).isFalse();
    assertThat(output.publiclyTrusted()).isTrue();
    assertThat(output.problem()).isEqualTo("the certificate expired at 2026-11-20T12:00:00Z");
  }

  @Test
  void a_certificate_of_the_future_is_an_answer() throws Exception {
    Wish early =
        Wish.of("localhost").valid(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(91)));
    TlsProbe.Output output = shown(CA.issue(early));

    assertThat(output.handshakeOk()).isFalse();
    assertThat(output.problem()).contains("not valid before 2026-11-22T12:00:00Z");
  }

  @Test
  void a_certificate_for_another_name_is_an_answer_that_names_both() throws Exception {
    TlsProbe.Output output = shown(CA.issue(Wish.of("other.example.com")));

    assertThat(output.chainValid()).isTrue();
    assertThat(output.nameMatches()).isFalse();
    assertThat(output.handshakeOk()).isFalse();
    assertThat(output.problem())
        .isEqualTo("the certificate is for other.example.com, and not for localhost");
  }

  @Test
  void a_self_signed_certificate_is_an_answer() throws Exception {
    TlsProbe.Output output = shown(Authority.selfSigned(Wish.of("localhost")));

    assertThat(output.selfSigned()).isTrue();
    assertThat(output.chainValid()).isFalse();
    assertThat(output.publiclyTrusted()).isFalse();
    assertThat(output.problem()).isEqualTo("the certificate is signed by itself");
  }

  @Test
  void a_missing_intermediate_is_told_from_a_bad_certificate() throws Exception {
    TlsProbe.Output output = shown(CA.issue(Wish.of("localhost")).alone());

    assertThat(output.chainValid()).isFalse();
    assertThat(output.selfSigned()).isFalse();
    assertThat(output.chain()).hasSize(1);
    assertThat(output.problem()).startsWith("the chain does not lead to a root that is trusted");
  }

  @Test
  void an_internal_authority_is_trusted_where_its_root_is_given_and_never_public(
      @TempDir Path folder) throws Exception {
    Authority internal = Authority.root("CN=Internal");
    Path roots = Files.writeString(folder.resolve("roots.pem"), pem(internal));
    try (TlsServer server = TlsServer.showing(internal.issue(Wish.of("localhost")))) {
      TlsProbe.Output without = probe(server.port(), null);
      TlsProbe.Output with = probe(server.port(), roots.toString());

      assertThat(without.chainValid()).isFalse();
      assertThat(with.chainValid()).isTrue();
      assertThat(with.handshakeOk()).isTrue();
      assertThat(with.publiclyTrusted()).isFalse();
    }
  }

  @Test
  void a_self_signed_certificate_is_trusted_where_it_is_given_as_a_root(@TempDir Path folder)
      throws Exception {
    Identity identity = Authority.selfSigned(Wish.of("localhost"));
    Path roots =
        Files.writeString(folder.resolve("own.pem"), pem(identity.chain().getFirst().getEncoded()));
    try (TlsServer server = TlsServer.showing(identity)) {
      assertThat(probe(server.port(), roots.toString()).handshakeOk()).isTrue();
    }
  }

  @Test
  void roots_that_cannot_be_read_are_said_before_anything_is_sent(@TempDir Path folder)
      throws Exception {
    Path empty = Files.writeString(folder.resolve("none.pem"), "");
    assertThatThrownBy(() -> probe(1, empty.toString()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("no certificates could be read from");
  }

  @Test
  void the_server_name_chooses_the_certificate() throws Exception {
    Map<String, Identity> identities =
        Map.of(
            "", CA.issue(Wish.of("fallback.example.com")),
            "api.example.com", CA.issue(Wish.of("*.example.com")));
    try (TlsServer server = new TlsServer(identities, false)) {
      TlsProbe.Output output = probe("127.0.0.1", server.port(), "api.example.com", null);

      assertThat(output.sans()).containsExactly("*.example.com");
      assertThat(output.handshakeOk()).isTrue();
    }
  }

  @Test
  void an_ip_address_is_not_asked_for_by_name_and_must_be_in_the_certificate() throws Exception {
    try (TlsServer server = TlsServer.showing(CA.issue(Wish.of("127.0.0.1")))) {
      TlsProbe.Output output = probe("127.0.0.1", server.port(), null, null);

      assertThat(output.handshakeOk()).isTrue();
      assertThat(server.asked()).isEqualTo("-");
    }
  }

  @Test
  void a_server_that_wants_a_client_certificate_has_shown_its_own() throws Exception {
    Map<String, Identity> identities = Map.of("", CA.issue(Wish.of("localhost")));
    try (TlsServer server = new TlsServer(identities, true, "TLSv1.2")) {
      TlsProbe.Output output = probe(server.port(), null);

      assertThat(output.chainValid()).isTrue();
      assertThat(output.handshakeOk()).isFalse();
      assertThat(output.problem()).contains("ended the handshake");
    }
  }

  @Test
  void a_good_staple_is_verified() throws Exception {
    TlsProbe.Output output = stapled(false, Duration.ofHours(1), true);

    assertThat(output.mustStaple()).isTrue();
    assertThat(output.stapled()).isTrue();
    assertThat(output.ocsp()).isEqualTo(OcspStatus.GOOD);
    assertThat(output.handshakeOk()).isTrue();
  }

  @Test
  void a_staple_that_revokes_is_believed() throws Exception {
    TlsProbe.Output output = stapled(true, Duration.ofHours(1), false);

    assertThat(output.ocsp()).isEqualTo(OcspStatus.REVOKED);
    assertThat(output.problem()).isEqualTo("the certificate is revoked");
  }

  @Test
  void a_staple_that_is_out_of_date_is_not_good() throws Exception {
    TlsProbe.Output output = stapled(false, Duration.ofDays(3), false);

    assertThat(output.ocsp()).isEqualTo(OcspStatus.INVALID);
    assertThat(output.handshakeOk()).isFalse();
  }

  @Test
  void must_staple_without_a_staple_is_a_problem() throws Exception {
    TlsProbe.Output output = shown(CA.issue(Wish.of("localhost").stapled("", true)));

    assertThat(output.mustStaple()).isTrue();
    assertThat(output.stapled()).isFalse();
    assertThat(output.problem()).contains("must be served with a stapled OCSP response");
  }

  @Test
  void a_refused_handshake_fails_with_the_alert_of_the_server() throws Exception {
    try (TlsServer server = new TlsServer(Map.of(), false)) {
      ActionException failure = failure(server.port(), Duration.ofSeconds(60));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
      assertThat(failure.reason()).contains("made no TLS handshake", "handshake_failure");
    }
  }

  @Test
  void a_server_that_speaks_no_tls_is_named_as_such() throws Exception {
    try (ServerSocket server = answering("SSH-2.0-OpenSSH_9.2\r\n")) {
      ActionException failure = failure(server.getLocalPort(), Duration.ofSeconds(60));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
      assertThat(failure.reason()).contains("made no TLS handshake");
    }
  }

  @Test
  void nobody_listening_is_told_from_no_tls() throws Exception {
    int closed;
    try (ServerSocket server = listen()) {
      closed = server.getLocalPort();
    }
    ActionException failure = failure(closed, Duration.ofSeconds(60));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(failure.reason()).contains("cannot be reached").containsIgnoringCase("refused");
  }

  @Test
  void a_server_that_hangs_costs_no_more_than_the_time_given() throws Exception {
    try (ServerSocket server = answering("")) {
      ActionException failure = failure(server.getLocalPort(), Duration.ofMillis(300));
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure.reason()).contains("within 300ms");
    }
  }

  @Test
  void a_probe_that_is_cancelled_ends() throws Exception {
    try (ServerSocket server = answering("")) {
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      ended.complete(
                          new AssertionError("found " + probe(server.getLocalPort(), null)));
                    } catch (Exception e) {
                      ended.complete(e);
                    }
                  });
      thread.interrupt();
      assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void a_subject_that_steers_terminals_arrives_as_plain_text() throws Exception {
    X500Name hostile =
        new X500NameBuilder()
            .addRDN(BCStyle.O, new DERUTF8String("Evil\u001b[2J\r\nnotAfter: 2099"))
            .addRDN(BCStyle.CN, new DERUTF8String("x".repeat(5000) + "\u0000"))
            .build();
    Wish wish = Wish.of("localhost").named(hostile);
    Wish more =
        new Wish(
            wish.subject(),
            List.of(
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.dNSName, "a\nb\u001b[31m.example.com")),
            wish.from(),
            wish.until(),
            false,
            "");
    TlsProbe.Output output = shown(Authority.selfSigned(more));

    String everything = output.toString();
    assertThat(everything.chars().noneMatch(Character::isISOControl)).isTrue();
    assertThat(everything.length()).isLessThan(4000);
    assertThat(output.issuerOrg()).isEqualTo("Evil\uFFFD[2J\uFFFD\uFFFDnotAfter: 2099");
  }

  @Test
  void a_wildcard_or_what_is_no_name_is_refused_before_anything_is_sent() {
    for (String host : List.of("*.example.com", "a b", "evil\n.com", "-x", "", "a/b", "é\u0000")) {
      assertThatThrownBy(() -> probe(host, 443, null, null))
          .isInstanceOf(ActionException.class)
          .extracting(e -> ((ActionException) e).kind())
          .isEqualTo(FailureKind.INVALID);
    }
  }

  @Test
  void its_command_can_be_pasted() {
    assertThat(
            new TlsProbe(ROOT.asRoots())
                .command(
                    new TlsProbe.Input("api.example.com", 8443, null, null, Duration.ofSeconds(9))))
        .containsExactly(
            "openssl",
            "s_client",
            "-connect",
            "api.example.com:8443",
            "-servername",
            "api.example.com",
            "-status",
            "-showcerts");
  }

  private static TlsProbe.Output stapled(boolean revokes, Duration age, boolean must)
      throws Exception {
    System.setProperty("jdk.tls.server.enableStatusRequestExtension", "true");
    System.setProperty("jdk.tls.stapling.responseTimeout", "60000");
    try (OcspResponder responder = new OcspResponder(CA, revokes, age)) {
      return shown(CA.issue(Wish.of("localhost").stapled(responder.address(), must)));
    } finally {
      System.clearProperty("jdk.tls.server.enableStatusRequestExtension");
      System.clearProperty("jdk.tls.stapling.responseTimeout");
    }
  }

  private static TlsProbe.Output shown(Identity identity) throws Exception {
    try (TlsServer server = TlsServer.showing(identity)) {
      return probe(server.port(), null);
    }
  }

  private static TlsProbe.Output probe(int port, String roots) throws Exception {
    return probe("localhost", port, null, roots);
  }

  private static TlsProbe.Output probe(String host, int port, String serverName, String roots)
      throws Exception {
    return new TlsProbe(ROOT.asRoots())
        .read(new TlsProbe.Input(host, port, serverName, roots, Duration.ofSeconds(60)), CONTEXT);
  }

  private static ActionException failure(int port, Duration limit) {
    return catchThrowableOfType(
        ActionException.class,
        () ->
            new TlsProbe(ROOT.asRoots())
                .read(new TlsProbe.Input("localhost", port, null, null, limit), CONTEXT));
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  /** Says something to whoever connects, and then nothing more. */
  private static ServerSocket answering(String words) throws Exception {
    ServerSocket server = listen();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Socket socket = server.accept();
                OutputStream out = socket.getOutputStream();
                out.write(words.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                while (socket.getInputStream().read() >= 0) {
                  Thread.onSpinWait();
                }
                socket.close();
              } catch (java.io.IOException closed) {
                Thread.currentThread().interrupt();
              }
            });
    return server;
  }

  static String pem(Authority authority) throws Exception {
    return pem(authority.certificate().getEncoded());
  }

  private static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }
}
