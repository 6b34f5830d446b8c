package io.byteport.adapter.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Entries;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.mail.Letter;
import io.byteport.engine.channel.ChannelException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Notices.AT);

  private static Entries entry(MailServer server) {
    return Entries.of("mail", "smtp")
        .setting("address", server.address())
        .setting("from", "BytePort <byteport@example.com>")
        .settings("to", "oncall@example.com", "jo@example.com");
  }

  private static Smtp open(Entries entry) {
    return new Smtp(new ChannelSettings(entry.entry()), CLOCK, Duration.ofSeconds(20));
  }

  private static ChannelException refused(Entries entry) {
    return catchThrowableOfType(
        ChannelException.class, () -> open(entry).send(Notices.of("escalated")));
  }

  private static MimeMessage read(String mail) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_mail_arrives_with_both_bodies_and_its_attachments() throws Exception {
    try (MailServer server = MailServer.plain()) {
      open(entry(server).setting("tls", "none")).send(Notices.of("escalated"));
      MimeMessage mail = read(server.mails().getFirst());
      Letter letter = Letter.of(new Telling(Notices.of("escalated")), "example.com");
      assertThat(mail.getSubject()).isEqualTo(letter.subject());
      assertThat(mail.getMessageID()).isEqualTo(letter.headers().get("Message-ID"));
      assertThat(mail.getHeader("References")[0]).isEqualTo(letter.headers().get("References"));
      assertThat(mail.getSentDate()).isEqualTo(Notices.AT.toString());
      Multipart whole = (Multipart) mail.getContent();
      Multipart bodies = (Multipart) whole.getBodyPart(0).getContent();
      assertThat(bodies.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
          .isEqualTo(letter.text());
      assertThat(bodies.getBodyPart(1).getContentType()).startsWith("text/html");
      assertThat(bodies.getBodyPart(1).getContent().toString().replace("\r\n", "\n"))
          .isEqualTo(letter.html());
      assertThat(whole.getBodyPart(4).getFileName()).isEqualTo("logs-text.txt");
      assertThat(server.said())
          .contains(
              "MAIL FROM:<byteport@example.com>",
              "RCPT TO:<oncall@example.com>",
              "RCPT TO:<jo@example.com>");
    }
  }

  @Test
  void credentials_are_said_after_starttls_only(@TempDir Path folder) throws Exception {
    TestIdentity identity = TestIdentity.in(folder);
    try (MailServer server = MailServer.upgrading(identity.tls())) {
      open(entry(server)
              .setting("caFile", identity.pem().toString())
              .secret("username", "byteport")
              .secret("password", "sesame"))
          .send(Notices.of("escalated"));
      assertThat(server.mails()).hasSize(1);
      assertThat(server.said()).anyMatch(line -> line.startsWith("TLS AUTH PLAIN"));
      assertThat(server.said()).noneMatch(line -> line.startsWith("AUTH"));
      assertThat(server.said()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void a_server_may_be_encrypted_from_the_start(@TempDir Path folder) throws Exception {
    TestIdentity identity = TestIdentity.in(folder);
    try (MailServer server = MailServer.encrypted(identity.tls())) {
      open(entry(server).setting("tls", "implicit").setting("caFile", identity.pem().toString()))
          .send(Notices.of("escalated"));
      assertThat(server.mails()).hasSize(1);
      assertThat(server.said()).allMatch(line -> line.startsWith("TLS ") || line.contains("lost"));
    }
  }

  @Test
  void a_server_without_starttls_hears_nothing() throws Exception {
    try (MailServer server = MailServer.plain()) {
      ChannelException refused =
          refused(entry(server).secret("username", "byteport").secret("password", "sesame"));
      assertThat(refused.getMessage()).contains("STARTTLS");
      assertThat(server.said()).noneMatch(line -> line.contains("AUTH") || line.contains("MAIL"));
    }
  }

  @Test
  void a_server_that_nobody_vouches_for_hears_nothing(@TempDir Path folder) throws Exception {
    TestIdentity identity = TestIdentity.in(folder);
    try (MailServer server = MailServer.upgrading(identity.tls())) {
      ChannelException refused = refused(entry(server));
      assertThat(refused.getMessage()).contains("certif");
      assertThat(server.said()).noneMatch(line -> line.contains("MAIL"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL,451 4.7.1 greylisted,false",
    "RCPT,550 5.1.1 no such user,true",
    "RCPT,450 4.2.1 mailbox busy,false",
    "DATA,554 5.7.1 spam,true",
    ".,452 4.3.1 disk full,false",
    "CONNECT,421 4.3.2 going down,false",
    "CONNECT,554 5.7.1 go away,true"
  })
  void what_a_server_answers_decides(String command, String reply, boolean permanent)
      throws Exception {
    try (MailServer server = MailServer.plain().replies(command, reply)) {
      ChannelException refused = refused(entry(server).setting("tls", "none"));
      assertThat(refused.isPermanent()).as(refused.getMessage()).isEqualTo(permanent);
      assertThat(refused.getMessage()).contains(reply).endsWith("(SMTP to 127.0.0.1)");
    }
  }

  @Test
  void a_wrong_password_is_never_tried_again_and_not_told() throws Exception {
    try (MailServer server = MailServer.plain().replies("AUTH", "535 5.7.8 bad password sesame")) {
      ChannelException refused =
          refused(
              entry(server)
                  .setting("tls", "none")
                  .secret("username", "byteport")
                  .secret("password", "sesame"));
      assertThat(refused.isPermanent()).isTrue();
      assertThat(refused.getMessage()).contains("535 5.7.8 bad password ***");
    }
  }

  @Test
  void one_refused_recipient_does_not_keep_the_mail_from_the_others() throws Exception {
    try (MailServer server = MailServer.plain().replies("RCPT TO:<jo@", "550 5.1.1 no such user")) {
      ChannelException refused = refused(entry(server).setting("tls", "none"));
      assertThat(server.mails()).hasSize(1);
      assertThat(refused.isPermanent()).isTrue();
      assertThat(refused.getMessage()).contains("no such user");
    }
  }

  @Test
  void a_connection_that_breaks_is_tried_later() throws Exception {
    try (MailServer server = MailServer.plain().replies("MAIL", "close")) {
      assertThat(refused(entry(server).setting("tls", "none")).isPermanent()).isFalse();
    }
    MailServer gone = MailServer.plain();
    Entries entry = entry(gone).setting("tls", "none");
    gone.close();
    ChannelException refused = refused(entry);
    assertThat(refused.isPermanent()).isFalse();
    assertThat(refused.getMessage()).containsIgnoringCase("connect");
  }

  @Test
  void a_server_that_says_nothing_is_tried_later() throws Exception {
    try (MailServer server = MailServer.plain().replies("CONNECT", "220-wait")) {
      Smtp hasty =
          new Smtp(
              new ChannelSettings(entry(server).setting("tls", "none").entry()),
              CLOCK,
              Duration.ofMillis(300));
      ChannelException late =
          catchThrowableOfType(ChannelException.class, () -> hasty.send(Notices.of("escalated")));
      assertThat(late.isPermanent()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtp.example.com:587/x", "https://smtp.example.com", "a b", ":25"})
  void an_address_is_checked_when_the_channel_is_opened(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                open(
                    Entries.of("mail", "smtp")
                        .setting("address", address)
                        .setting("from", "a@example.com")
                        .setting("to", "b@example.com")))
        .withMessageContaining("smtp.example.com:587");
  }

  @Test
  void nothing_is_sent_in_the_clear_to_another_machine() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                open(
                    Entries.of("mail", "smtp")
                        .setting("address", "smtp.example.com:25")
                        .setting("tls", "none")
                        .setting("from", "a@example.com")
                        .setting("to", "b@example.com")))
        .withMessageContaining("found `none`");
  }
}
