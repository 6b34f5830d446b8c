package io.byteport.adapter.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.notify.Golden;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Preview;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Json;
import io.byteport.engine.channel.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SlackBlocksTest {
  static final List<String> EVENTS = Notices.EVENTS;

  private static JsonNode payload(Message message) {
    return Json.read(Json.write(SlackWebhook.payload(new Telling(message), Optional.empty())));
  }

  /** Every text with how Slack is to read it. */
  private static List<JsonNode> texts(JsonNode node) {
    List<JsonNode> texts = new ArrayList<>();
    if (node.isObject() && node.path("text").isString() && node.has("type")) {
      texts.add(node);
    }
    node.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }

  @ParameterizedTest
  @FieldSource("EVENTS")
  void each_event_looks_as_it_should(String event) {
    Object payload = SlackWebhook.payload(new Telling(Notices.of(event)), Optional.empty());
    Golden.json("slack", event, payload);
    Golden.text("slack/" + event + ".txt", Preview.ofSlack(payload));
  }

  @Test
  void remediation_succeeded_has_a_green_check_before_and_after_and_how_long_it_took() {
    String said = payload(Notices.of("resolved")).toString();
    assertThat(said)
        .contains("✅ Resolved: ", "*before*\\nmemory limit 256Mi", "*after*", "*duration*\\n2m9s");
  }

  @Test
  void remediation_failed_has_a_red_cross_the_error_and_links() {
    String said = payload(Notices.of("failed")).toString();
    assertThat(said)
        .contains(
            "❌ Failed: ",
            "is forbidden: User",
            "<https://byteport.example.com/runs/20260105-120449-bsq84|Run ",
            "<https://wiki.example.com/runbooks/crashloopbackoff_v2|Runbook ");
  }

  @Test
  void escalation_required_has_a_warning_sign_next_steps_and_a_mention() {
    JsonNode payload = payload(Notices.calling("S0614TZR7"));
    assertThat(payload.toString())
        .contains("⚠️ Escalated: ", "*Next steps*\\n•  Find out why", "```\\nkubectl describe pod");
    assertThat(payload.path("blocks").get(1).path("text").path("text").asString())
        .isEqualTo("<!subteam^S0614TZR7>");
  }

  @Test
  void everybody_is_called_as_slack_writes_them() {
    assertThat(Mrkdwn.mention("@here")).isEqualTo("<!here>");
    assertThat(Mrkdwn.mention("U024BE7LH")).isEqualTo("<@U024BE7LH>");
    assertThat(Mrkdwn.mention("<!subteam^S0614TZR7>")).isEqualTo("<!subteam^S0614TZR7>");
    assertThat(Mrkdwn.mention("@dba-oncall")).isEqualTo("@dba-oncall");
    assertThat(payload(Notices.calling("@dba-oncall")).path("link_names").asBoolean()).isTrue();
    assertThat(payload(Notices.calling("@here")).has("link_names")).isFalse();
  }

  @Test
  void the_operators_text_stands_in_place_of_our_words() {
    JsonNode payload = payload(Notices.saying("escalated", "*Jo*, see <!channel> & call"));
    assertThat(payload.path("blocks").get(0).path("text").path("text").asString())
        .isEqualTo("*Jo*, see &lt;!channel&gt; &amp; call");
    assertThat(payload.toString()).doesNotContain("Next steps", "Escalated");
  }

  @ParameterizedTest
  @MethodSource("io.byteport.adapter.notify.Hostile#texts")
  void text_of_others_calls_nobody_and_links_nowhere(String text) {
    JsonNode payload = payload(Notices.hostile("escalated", text));
    for (JsonNode one : texts(payload)) {
      String said = one.path("text").asString();
      if (one.path("type").asString().equals("mrkdwn")) {
        assertThat(one.path("verbatim").asBoolean()).as(said).isTrue();
        String ours =
            said.replaceAll("<https://(byteport|wiki)\\.example\\.com/[^|>]*\\|[^<>]*>", "")
                .replaceAll("<!date\\^[^<>]*>", "");
        assertThat(ours).doesNotContain("<").doesNotContain(">");
      }
    }
    assertThat(payload.path("text").asString()).doesNotContain("<").doesNotContain("@e", "@s");
  }

  @Test
  void a_fence_in_a_command_does_not_end_the_fence() {
    String fenced = Mrkdwn.code("echo '```' <x>");
    assertThat(fenced.split("```", -1)).hasSize(3);
    assertThat(fenced).contains("&lt;x&gt;");
  }

  @Test
  void what_is_too_long_is_cut_at_slacks_limits_with_a_link_to_the_rest() {
    JsonNode payload = payload(Notices.endless("planned"));
    JsonNode blocks = payload.path("blocks");
    assertThat(blocks.size()).isLessThanOrEqualTo(50);
    int all = 0;
    for (JsonNode block : blocks) {
      if (block.path("type").asString().equals("header")) {
        assertThat(block.path("text").path("text").asString()).hasSizeLessThanOrEqualTo(150);
      }
      assertThat(block.path("fields").size()).isLessThanOrEqualTo(10);
      for (JsonNode field : block.path("fields")) {
        assertThat(field.path("text").asString()).hasSizeLessThanOrEqualTo(2000);
      }
      for (JsonNode text : texts(block)) {
        assertThat(text.path("text").asString()).hasSizeLessThanOrEqualTo(3000);
        all += text.path("text").asString().length();
      }
    }
    assertThat(all).isLessThan(13_200);
    assertThat(payload.toString())
        .contains("more characters", "more facts>", "more steps>", "more commands>")
        .contains("<https://byteport.example.com/runs/20260105-120449-bsq84|… ");
  }

  @Test
  void without_a_console_the_command_is_shown_that_tells_more() {
    Message linked = Notices.of("escalated");
    Message plain =
        new Message(
            linked.run(),
            linked.notice(),
            linked.labels(),
            linked.subject(),
            "byteport runs show 20260105-120449-bsq84",
            "byteport show crashloopbackoff_v2",
            null,
            null);
    assertThat(payload(plain).toString())
        .contains("`byteport runs show 20260105-120449-bsq84`")
        .doesNotContain("<byteport");
  }
}
