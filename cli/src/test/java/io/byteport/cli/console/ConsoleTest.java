package io.byteport.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.agent.AgentView.DeadLetter;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages over HTTP, with a run that asks a question. */
class ConsoleTest {
  private static final String RUN = "/runs/" + Journals.RUN;
  private static final String CSRF = PagesServer.APPROVER.csrf();

  private final SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  private final TestAgent agent =
      new TestAgent(
          store, TestAgent.configuration(false, List.of("group:sre"), Map.of()), List.of());
  private final HttpClient client = HttpClient.newHttpClient();
  private final PagesServer server =
      new PagesServer(agent, new Console(agent, runbook -> List.of()), PagesServer.APPROVER, 0);

  @BeforeEach
  void ask() {
    List<JournalEntry> journal = new Journals("scale api").untilAsked();
    assertThat(store.open((Event.Opened) journal.getFirst())).isEmpty();
    assertThat(store.claim(Journals.RUN)).isTrue();
    store.append(Journals.RUN, journal.subList(1, journal.size()));
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(server.address(path))).GET());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(server.address(path)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(
        request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String form(String csrf, String hash, String answer) {
    return "csrf="
        + csrf
        + "&guardrail="
        + URLEncoder.encode("scale api", StandardCharsets.UTF_8)
        + "&hash="
        + hash
        + "&answer="
        + answer
        + "&comment=fine";
  }

  @Test
  void every_page_is_there_and_what_is_not_says_so() throws Exception {
    for (String path :
        List.of("/", "/runs", "/approvals", "/runbooks", "/sources", "/channels", RUN)) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(answer.body()).contains("DRY RUN");
    }
    for (String path :
        List.of("/runs/nobody", "/runbooks/nothing", "/approvals/nobody", "/runs/nobody/news")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void what_pages_load_may_be_kept_for_ever() throws Exception {
    for (Assets asset : Assets.all()) {
      HttpResponse<String> answer = get(asset.path());
      assertThat(answer.body()).isEqualTo(asset.content());
      assertThat(answer.headers().firstValue("Cache-Control"))
          .get()
          .asString()
          .contains("immutable");
    }
  }

  @Test
  void runs_are_found_by_what_the_address_says() throws Exception {
    assertThat(get("/runs?state=open&q=SCALE").body()).contains("href=\"" + RUN + "\"");
    assertThat(get("/runs?state=ended").body()).contains("No run is like that");
    assertThat(get("/runs?target=other").body()).contains("No run is like that");
  }

  @Test
  void a_yes_to_the_plan_that_was_seen_reaches_the_run() throws Exception {
    String page = get("/approvals/" + Journals.RUN + "?guardrail=scale%20api").body();
    assertThat(page).contains("name=\"hash\" value=\"0123456789abcdef\"");

    HttpResponse<String> answer = post(RUN + "/answer", form(CSRF, "0123456789abcdef", "yes"));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains(RUN);
    assertThat(store.entries(Journals.RUN).getLast())
        .isEqualTo(
            new Event.Approved(agent.now, "scale api", true, "sam", "0123456789abcdef", "fine"));
    assertThat(post(RUN + "/answer", form(CSRF, "0123456789abcdef", "yes")).statusCode())
        .isEqualTo(409);
  }

  @Test
  void an_answer_that_is_forged_or_to_another_plan_or_none_does_nothing() throws Exception {
    int before = store.entries(Journals.RUN).size();

    assertThat(post(RUN + "/answer", form("x", "0123456789abcdef", "yes")).statusCode())
        .isEqualTo(403);
    assertThat(post(RUN + "/answer", form(CSRF, "another", "yes")).statusCode()).isEqualTo(409);
    assertThat(post(RUN + "/answer", form(CSRF, "0123456789abcdef", "perhaps")).statusCode())
        .isEqualTo(400);

    assertThat(store.entries(Journals.RUN)).hasSize(before);
  }

  @Test
  void a_message_that_was_given_up_is_sent_again_once() throws Exception {
    agent.dead =
        List.of(new DeadLetter("7", "chat", Journals.RUN, "e", "t", 3, "no", Journals.NOON));

    assertThat(post("/channels/retry", "csrf=" + CSRF + "&message=7").statusCode()).isEqualTo(303);
    assertThat(post("/channels/retry", "csrf=" + CSRF + "&message=7").statusCode()).isEqualTo(409);
    assertThat(agent.retried).containsExactly("7");
  }

  @Test
  void the_journal_can_be_taken_along() throws Exception {
    HttpResponse<String> answer = get(RUN + "/journal");

    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"20260301-120000-abcde.jsonl\"");
    assertThat(answer.body().lines()).hasSize(store.entries(Journals.RUN).size());
  }

  @Test
  void news_are_what_was_not_seen() throws Exception {
    int all = store.entries(Journals.RUN).size();
    String nothing = get(RUN + "/news?seen=" + all).body();
    String last = get(RUN + "/news?seen=" + (all - 1)).body();

    assertThat(nothing).contains("id=\"head\"").doesNotContain("<li class=\"asked\">");
    assertThat(last).contains("<li class=\"asked\">").doesNotContain("<li class=\"phase\">");
  }
}
