package io.byteport.adapter.notify.postmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Entries;
import io.byteport.adapter.notify.Golden;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Receiver;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Json;
import io.byteport.adapter.notify.mail.Addresses;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

class PostmarkTest {
  static final List<String> EVENTS = Notices.EVENTS;

  private final Receiver postmark =
      new Receiver().answers(asked -> Reply.of(200, "{\"ErrorCode\":0,\"Message\":\"OK\"}"));
  private final Postmark channel =
      new Postmark.Type()
          .open(
              Entries.of("mail", "postmark")
                  .setting("address", postmark.address())
                  .setting("from", "BytePort <byteport@example.com>")
                  .settings("to", "oncall@example.com", "Jo <jo@example.com>")
                  .secret("token", "sesame-token")
                  .entry(),
              InstantSource.fixed(Notices.AT));

  @AfterEach
  void close() {
    channel.close();
    postmark.close();
  }

  private JsonNode sent(Message message) throws Exception {
    channel.send(message);
    return Json.read(postmark.last().body());
  }

  private ChannelException refused() {
    return catchThrowableOfType(
        ChannelException.class, () -> channel.send(Notices.of("escalated")));
  }

  /** The bodies have files of their own, those of a letter. */
  @ParameterizedTest
  @FieldSource("EVENTS")
  void each_event_looks_as_it_should(String event) {
    Addresses addresses = new Addresses("byteport@example.com", List.of("oncall@example.com"));
    Map<String, Object> mail =
        new LinkedHashMap<>(PostmarkMail.of(new Telling(Notices.of(event)), addresses, "outbound"));
    mail.put("TextBody", "see mail/" + event + ".txt");
    mail.put("HtmlBody", "see mail/" + event + ".html");
    Golden.json("postmark", event, mail);
  }

  @Test
  void a_mail_is_posted_with_the_servers_token() throws Exception {
    JsonNode mail = sent(Notices.of("escalated"));
    assertThat(postmark.last().target()).isEqualTo("/email");
    assertThat(postmark.last().header("X-Postmark-Server-Token")).isEqualTo("sesame-token");
    assertThat(mail.path("To").asString()).isEqualTo("oncall@example.com, Jo <jo@example.com>");
    assertThat(mail.path("HtmlBody").asString()).startsWith("<!DOCTYPE html>");
    assertThat(mail.path("Headers").toString())
        .contains("\"In-Reply-To\"", "\"References\"", "\"X-PM-KeepID\"");
  }

  @Test
  void attachments_travel_whole() throws Exception {
    for (JsonNode file : sent(Notices.of("escalated")).path("Attachments")) {
      if (file.path("Name").asString().equals("logs-text.txt")) {
        byte[] content = Base64.getDecoder().decode(file.path("Content").asString());
        assertThat(new String(content, StandardCharsets.UTF_8))
            .isEqualTo(Notices.of("escalated").notice().attachments().get("logs.text"));
        return;
      }
    }
    throw new AssertionError("the mail has no logs-text.txt");
  }

  @Test
  void an_address_that_is_called_gets_a_copy() throws Exception {
    assertThat(sent(Notices.calling("dba@example.com")).path("Cc").asString())
        .isEqualTo("dba@example.com");
  }

  @Test
  void a_refused_mail_is_never_tried_again_in_postmarks_words() {
    postmark.next(
        Reply.of(422, "{\"ErrorCode\":300,\"Message\":\"Invalid 'To' address: sesame-token\"}"));
    ChannelException refused = refused();
    assertThat(refused.isPermanent()).isTrue();
    assertThat(refused).hasMessage("300: Invalid 'To' address: *** [422] (POST to 127.0.0.1)");
    postmark.next(Reply.of(200, "{\"ErrorCode\":406,\"Message\":\"Inactive recipient\"}"));
    assertThat(refused()).hasMessageStartingWith("406: Inactive recipient");
  }

  @Test
  void a_busy_server_is_tried_later() {
    postmark.next(
        Reply.of(429, "{\"ErrorCode\":429,\"Message\":\"slow\"}").with("Retry-After", "5"));
    assertThat(refused().retryAfter()).hasSeconds(5);
    postmark.next(Reply.of(500, "Internal Server Error"));
    assertThat(refused().isPermanent()).isFalse();
  }

  @Test
  void a_mail_stays_below_ten_megabytes() throws Exception {
    channel.send(Notices.endless("escalated"));
    assertThat(postmark.last().body().length()).isLessThan(10_000_000);
  }
}
