package io.byteport.adapter.notify.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Entries;
import io.byteport.adapter.notify.Golden;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Preview;
import io.byteport.adapter.notify.Receiver;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Json;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class TeamsTest {
  static final List<String> EVENTS = Notices.EVENTS;

  private final Receiver teams = new Receiver().answers(asked -> Reply.of(202, ""));
  private final Teams channel =
      new Teams.Type()
          .open(
              Entries.of("chat", "teams")
                  .secret("address", teams.address() + "/workflows/1/run?sig=sesame-sig")
                  .entry(),
              InstantSource.fixed(Notices.AT));

  @AfterEach
  void close() {
    channel.close();
    teams.close();
  }

  private JsonNode card(Message message) throws Exception {
    channel.send(message);
    return Json.read(teams.last().body()).path("attachments").get(0).path("content");
  }

  private static List<JsonNode> ofType(JsonNode node, String type) {
    List<JsonNode> found = new ArrayList<>();
    if (node.path("type").asString("").equals(type)) {
      found.add(node);
    }
    node.forEach(child -> found.addAll(ofType(child, type)));
    return found;
  }

  @ParameterizedTest
  @FieldSource("EVENTS")
  void each_event_looks_as_it_should(String event) {
    Object payload = TeamsCard.payload(new Telling(Notices.of(event)));
    Golden.json("teams", event, payload);
    Golden.text("teams/" + event + ".txt", Preview.ofTeams(payload));
  }

  @Test
  void a_card_is_posted_to_the_workflow() throws Exception {
    JsonNode card = card(Notices.of("escalated"));
    assertThat(teams.last().target()).isEqualTo("/workflows/1/run?sig=sesame-sig");
    assertThat(card.path("type").asString()).isEqualTo("AdaptiveCard");
    assertThat(ofType(card, "Action.OpenUrl")).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("io.byteport.adapter.notify.Hostile#texts")
  void text_of_others_stands_in_runs_alone_where_nothing_has_a_meaning(String text)
      throws Exception {
    JsonNode card = card(Notices.hostile("escalated", text));
    assertThat(ofType(card, "TextBlock")).isEmpty();
    assertThat(ofType(card, "FactSet")).isEmpty();
    assertThat(card.path("msteams").has("entities")).isFalse();
    for (JsonNode action : ofType(card, "Action.OpenUrl")) {
      assertThat(action.path("url").asString()).startsWith("https://");
      assertThat(action.path("url").asString()).contains(".example.com/").doesNotContain("evil");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Jo Doe <jo@example.com>,Jo Doe,jo@example.com",
    "jo@example.com,jo@example.com,jo@example.com"
  })
  void somebody_is_called_by_name_and_address(String mention, String name, String id)
      throws Exception {
    JsonNode card = card(Notices.calling(mention));
    assertThat(ofType(card, "TextBlock").getFirst().path("text").asString())
        .isEqualTo("<at>" + name + "</at>");
    JsonNode entity = card.path("msteams").path("entities").get(0);
    assertThat(entity.path("text").asString()).isEqualTo("<at>" + name + "</at>");
    assertThat(entity.path("mentioned").path("id").asString()).isEqualTo(id);
  }

  @Test
  void what_is_too_long_is_cut_below_28_kb_with_the_way_to_the_rest() throws Exception {
    JsonNode card = card(Notices.endless("planned"));
    assertThat(teams.last().body().getBytes(StandardCharsets.UTF_8).length).isLessThan(28 * 1024);
    assertThat(card.toString())
        .contains("more facts: https://byteport", "more steps: https://byteport");
  }

  @Test
  void the_operators_text_stands_in_place_of_our_words() throws Exception {
    String card = card(Notices.saying("escalated", "Call Jo.\nNow.")).path("body").toString();
    assertThat(card).contains("Call Jo.", "Now.").doesNotContain("Next steps", "Escalated");
  }

  @Test
  void a_workflow_that_is_gone_is_never_tried_again_and_its_address_not_told() {
    teams.next(
        Reply.of(
            404, "{\"error\":{\"code\":\"WorkflowNotFound\",\"message\":\"no sig=sesame-sig\"}}"));
    ChannelException gone =
        catchThrowableOfType(ChannelException.class, () -> channel.send(Notices.of("escalated")));
    assertThat(gone.isPermanent()).isTrue();
    assertThat(gone).hasMessage("no *** [404] (POST to 127.0.0.1)");
  }

  @ParameterizedTest
  @CsvSource({"413,true", "429,false", "502,false"})
  void a_failure_that_is_answered_with_200_is_one(int status, boolean permanent) {
    teams.next(
        Reply.of(
            200,
            "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP"
                + " error "
                + status));
    ChannelException failed =
        catchThrowableOfType(ChannelException.class, () -> channel.send(Notices.of("escalated")));
    assertThat(failed.isPermanent()).isEqualTo(permanent);
  }
}
