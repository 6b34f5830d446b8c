package io.byteport.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.agent.AgentConfiguration.Tls;
import io.byteport.sim.host.authority.Authority;
import io.byteport.sim.host.authority.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said is encrypted where files say so, and a renewed certificate is shown by itself. */
class TlsTest {
  private static final Instant NOW = Instant.now();
  private static final Authority AUTHORITY = new Authority(NOW.minus(Duration.ofDays(1)));

  @TempDir private Path folder;

  private static Issued issued() {
    return AUTHORITY.issue(
        List.of("localhost"), NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofDays(1)));
  }

  private Tls files() {
    return new Tls(folder.resolve("tls.crt").toString(), folder.resolve("tls.key").toString());
  }

  private void write(String certificate, String key) throws IOException {
    Files.writeString(folder.resolve("tls.crt"), certificate);
    Files.writeString(folder.resolve("tls.key"), key);
  }

  private void write(Issued issued) throws IOException {
    write(issued.pem() + AUTHORITY.intermediate().pem(), issued.keyPem());
  }

  private Lab lab() throws ListenException {
    return Lab.of(Configured.STAFFED.on("127.0.0.1", files()));
  }

  /** Each time as somebody new, so that no session is taken up again. */
  private static SSLSocket connect(Lab lab) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("root", AUTHORITY.root());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", lab.server.port());
    socket.setSoTimeout((int) Lab.PATIENCE.toMillis());
    return socket;
  }

  private static Certificate shown(Lab lab) throws IOException, GeneralSecurityException {
    try (SSLSocket socket = connect(lab)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static void await(Lab lab, Issued expected) throws Exception {
    long end = System.nanoTime() + Lab.PATIENCE.toNanos();
    while (!shown(lab).equals(expected.certificate()) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(shown(lab)).isEqualTo(expected.certificate());
  }

  @Test
  void what_is_said_is_encrypted_and_the_session_stays_on_encrypted_lines() throws Exception {
    write(issued());
    try (Lab lab = lab();
        SSLSocket socket = connect(lab)) {
      String form = "token=" + Configured.token("vera");
      Lab.say(
          socket,
          "POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
              + form.getBytes(StandardCharsets.UTF_8).length
              + "\r\n\r\n"
              + form);
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("\r\n\r\n") < 0) {
        int next = socket.getInputStream().read();
        assertThat(next).as(answer.toString()).isNotNegative();
        answer.append((char) next);
      }
      assertThat(answer.toString())
          .startsWith("HTTP/1.1 303 ")
          .contains("; Secure")
          .containsIgnoringCase("Strict-Transport-Security: max-age=");
      assertThat(lab.raw("GET /livez HTTP/1.1\r\nHost: lab\r\n\r\n")).doesNotContain("alive");
    }
  }

  @Test
  void a_certificate_that_was_renewed_is_shown_without_a_restart() throws Exception {
    Issued first = issued();
    write(first);
    try (Lab lab = lab()) {
      assertThat(shown(lab)).isEqualTo(first.certificate());
      Issued second = issued();
      write(second);
      await(lab, second);
    }
  }

  @Test
  void a_renewal_that_is_half_done_or_broken_leaves_the_old_one() throws Exception {
    Issued first = issued();
    write(first);
    try (Lab lab = lab()) {
      Issued second = issued();
      write(second.pem(), first.keyPem());
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(shown(lab)).isEqualTo(first.certificate());
      write("nothing", second.keyPem());
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(shown(lab)).isEqualTo(first.certificate());
      write(second);
      await(lab, second);
    }
  }

  @Test
  void who_connects_and_shakes_no_hand_is_hung_up_on() throws Exception {
    write(issued());
    Limits hasty = Limits.standard().head(Duration.ofSeconds(2));
    try (Lab lab = Lab.of(Configured.STAFFED.on("127.0.0.1", files()), hasty);
        java.net.Socket socket = lab.connect()) {
      // the beginning of a greeting of TLS, of which the rest never comes
      Lab.say(socket, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000");
      assertThat(Lab.rest(socket)).isEmpty();
      assertThat(shown(lab)).isNotNull();
    }
  }

  @Test
  void files_that_cannot_be_used_say_which_and_what_to_do() throws Exception {
    Issued issued = issued();
    complains("is not a certificate in PEM", "nothing", issued.keyPem());
    complains("openssl pkcs8 -topk8", issued.pem(), "-----BEGIN EC PRIVATE KEY-----\nAA\n");
    complains("is not that of the certificate in ", issued.pem(), issued().keyPem());
    Files.delete(folder.resolve("tls.key"));
    assertThatThrownBy(this::lab)
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("tls.key");
  }

  private void complains(String message, String certificate, String key) throws IOException {
    write(certificate, key);
    assertThatThrownBy(this::lab)
        .isInstanceOf(ListenException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void who_does_not_trust_the_authority_does_not_talk() throws Exception {
    write(issued());
    try (Lab lab = lab()) {
      assertThatThrownBy(() -> lab.get("/livez", null)).isInstanceOf(SSLException.class);
    }
  }
}
