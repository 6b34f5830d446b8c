package io.byteport.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.cli.http.HttpLimits.Rate;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.helidon.webserver.http.HttpRules;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is not known does not come in, and who is comes no further than the role goes. */
class AccessTest {

  /** Pages that say who looks, and take a form from those who may. */
  static final class Notes implements Pages {
    @Override
    public void register(HttpRules rules, Sessions sessions) {
      rules.get(
          "/",
          sessions.page(
              Role.VIEWER,
              (visitor, request, response) ->
                  response.send("hello " + visitor.name() + " csrf=" + visitor.csrf() + ".")));
      rules.get(
          "/admin",
          sessions.page(Role.ADMIN, (visitor, request, response) -> response.send("inside")));
      rules.post(
          "/note",
          sessions.form(
              Role.APPROVER,
              (visitor, fields, request, response) ->
                  response.send(visitor.name() + " notes " + fields.get("note"))));
    }
  }

  private static Lab lab(Configured configured) throws ListenException {
    return new Lab(FakeAgent.inMemory().with(configured), Limits.standard(), new Notes());
  }

  private static String form(Map<String, String> fields) {
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return text.toString();
  }

  static HttpResponse<String> submit(
      Lab lab, String path, Map<String, String> fields, @Nullable String cookie, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(lab.at(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(fields)));
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return lab.send(request);
  }

  static HttpResponse<String> view(Lab lab, String path, @Nullable String cookie, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(lab.at(path)).GET();
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return lab.send(request);
  }

  private static HttpResponse<String> login(Lab lab, String token, @Nullable String cookie)
      throws IOException, InterruptedException {
    return submit(lab, "/login", Map.of("token", token, "next", "/"), cookie);
  }

  private static String cookie(HttpResponse<String> response) {
    return response.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  static String session(Lab lab, String who) throws IOException, InterruptedException {
    HttpResponse<String> response = login(lab, Configured.token(who), null);
    assertThat(response.statusCode()).isEqualTo(303);
    return cookie(response);
  }

  static String csrf(Lab lab, String cookie) throws IOException, InterruptedException {
    return view(lab, "/", cookie).body().replaceFirst("(?s).*csrf=", "").replaceFirst("\\.$", "");
  }

  @Test
  void beyond_loopback_nobody_is_listened_to_while_nobody_is_named() {
    assertThatThrownBy(() -> Lab.of(Configured.OPEN.on("0.0.0.0", null)))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("does not listen on 0.0.0.0")
        .hasMessageContaining("`access`");
    assertThatThrownBy(() -> Lab.of(Configured.OPEN.on("no.such.host.invalid", null)))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("no.such.host.invalid");
  }

  @Test
  void beyond_loopback_a_reload_that_names_nobody_lets_nobody_in() throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED.on("0.0.0.0", null))) {
      assertThat(lab.get("/api/v1/runs", "vera").statusCode()).isEqualTo(200);
      lab.agent.with(Configured.OPEN.on("0.0.0.0", null));
      assertThat(lab.get("/api/v1/runs", null).statusCode()).isEqualTo(401);
      assertThat(lab.get("/api/v1/runs", "vera").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void a_port_that_is_taken_is_one_sentence() throws Exception {
    try (Lab lab = Lab.of(Configured.OPEN)) {
      FakeAgent second = FakeAgent.inMemory();
      second.configuration = onPort(lab.server.port());
      assertThatThrownBy(() -> new Lab(second, Limits.standard(), Pages.NONE))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + lab.server.port());
      second.close();
    }
  }

  private static AgentConfiguration onPort(int port) {
    AgentConfiguration any = Configured.OPEN.all();
    return new AgentConfiguration(
        any.name(),
        any.live(),
        new AgentConfiguration.Listen("127.0.0.1", port, null),
        any.http(),
        any.access(),
        any.links(),
        any.store(),
        any.sources(),
        any.connections(),
        any.channels(),
        any.routes(),
        any.autonomy(),
        any.approvals(),
        any.windows(),
        any.limits(),
        any.storm(),
        any.concurrency(),
        any.runbooks());
  }

  @Test
  void on_loopback_where_nobody_is_named_everybody_may_look_and_nobody_may_act() throws Exception {
    try (Lab lab = lab(Configured.OPEN)) {
      assertThat(lab.get("/api/v1/runs", null).statusCode()).isEqualTo(200);
      assertThat(view(lab, "/", null).body()).startsWith("hello anonymous");
      HttpResponse<String> act = lab.post("/api/v1/reload", null, "");
      assertThat(act.statusCode()).isEqualTo(403);
      assertThat(act.body()).contains("`admin` under `access`");
      assertThat(lab.post("/api/v1/approvals/run-1", null, "{}").body()).contains("`approver`");
    }
  }

  @Test
  void a_page_elsewhere_whose_name_points_here_sees_nothing() throws Exception {
    try (Lab lab = lab(Configured.OPEN)) {
      String answer = lab.raw("GET /api/v1/runs HTTP/1.1\r\nHost: evil.example.com\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 403 ").contains("under its own name");
      for (String own : List.of("localhost", "LOCALHOST:80", "127.0.0.1:9", "[::1]:80")) {
        assertThat(lab.raw("GET /api/v1/runs HTTP/1.1\r\nHost: " + own + "\r\n\r\n"))
            .as(own)
            .startsWith("HTTP/1.1 200 ");
      }
      for (String foreign : List.of("localhost.evil.example.com", "127.0.0.1.example.com")) {
        assertThat(lab.raw("GET / HTTP/1.1\r\nHost: " + foreign + "\r\n\r\n"))
            .as(foreign)
            .startsWith("HTTP/1.1 403 ");
      }
      assertThat(lab.counts.of(Turned.FOREIGN_HOST)).isEqualTo(3);
    }
  }

  @Test
  void a_page_asks_who_looks_and_comes_back_to_where_it_was() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      HttpResponse<String> asked = view(lab, "/?day=today", null);
      assertThat(asked.statusCode()).isEqualTo(303);
      assertThat(asked.headers().firstValue("Location")).contains("/login?next=%2F%3Fday%3Dtoday");
      assertThat(view(lab, "/login?next=%2F%3Fday%3Dtoday", null).body())
          .contains("name=\"next\" value=\"/?day=today\"");

      HttpResponse<String> in = login(lab, Configured.token("vera"), null);
      assertThat(in.headers().firstValue("Location")).contains("/");
      assertThat(in.headers().firstValue("Set-Cookie").orElse(""))
          .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
          .doesNotContain(Configured.token("vera"));
      assertThat(view(lab, "/", cookie(in)).body()).startsWith("hello vera");
    }
  }

  @Test
  void a_link_in_somebody_elses_page_is_followed_once_more_from_here() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      HttpResponse<String> linked =
          view(lab, "/?x=%22%3E%3Cscript%3E", null, "Sec-Fetch-Site", "cross-site");
      assertThat(linked.statusCode()).isEqualTo(200);
      assertThat(linked.body()).contains("http-equiv=\"refresh\"").doesNotContain("<script>");
    }
  }

  @Test
  void nobody_is_sent_to_another_server_after_logging_in() {
    for (String next :
        List.of(
            "//evil.example.com",
            "https://evil.example.com",
            "/\\evil.example.com",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=y",
            "/\u00e9",
            "")) {
      assertThat(Entrance.safe(next)).as(next).isEqualTo("/");
    }
    assertThat(Entrance.safe("/runs/1?x=y")).isEqualTo("/runs/1?x=y");
  }

  @Test
  void a_session_is_never_the_one_that_was_brought() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      String planted = Door.COOKIE + "=planted-by-somebody";
      String first = cookie(login(lab, Configured.token("vera"), planted));
      assertThat(first).isNotEqualTo(planted);
      assertThat(view(lab, "/", planted).statusCode()).isEqualTo(303);

      String second = cookie(login(lab, Configured.token("anna"), first));
      assertThat(second).isNotEqualTo(first);
      assertThat(view(lab, "/", first).statusCode()).isEqualTo(303);
      assertThat(view(lab, "/", second).body()).startsWith("hello anna");
    }
  }

  @Test
  void a_form_is_taken_only_from_a_page_of_the_same_session() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      String anna = session(lab, "anna");
      String token = csrf(lab, anna);
      String others = csrf(lab, session(lab, "ada"));
      Map<String, String> good = Map.of("note", "a b&c", "csrf", token);

      assertThat(submit(lab, "/note", good, anna).body()).isEqualTo("anna notes a b&c");
      assertThat(submit(lab, "/note", Map.of("note", "x"), anna).statusCode()).isEqualTo(403);
      assertThat(submit(lab, "/note", Map.of("csrf", others), anna).statusCode()).isEqualTo(403);
      assertThat(submit(lab, "/note", good, anna, "Sec-Fetch-Site", "cross-site").statusCode())
          .isEqualTo(403);
      assertThat(submit(lab, "/note", good, anna, "Origin", "https://evil.example").statusCode())
          .isEqualTo(403);
      assertThat(submit(lab, "/note", good, anna, "Origin", lab.at("").toString()).statusCode())
          .isEqualTo(200);
      assertThat(lab.counts.of(Turned.FOREIGN_FORM)).isEqualTo(4);
      assertThat(submit(lab, "/note", good, null).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void a_session_asks_the_interface_and_changes_something_only_with_its_token() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      String ada = session(lab, "ada");
      assertThat(view(lab, "/api/v1/runs", ada).statusCode()).isEqualTo(200);
      HttpRequest.Builder bare =
          HttpRequest.newBuilder(lab.at("/api/v1/reload"))
              .header("Cookie", ada)
              .POST(BodyPublishers.noBody());
      assertThat(lab.send(bare).statusCode()).isEqualTo(403);
      assertThat(lab.send(bare.header("X-CSRF-Token", csrf(lab, ada))).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_role_that_is_not_enough_is_told_so_on_a_page() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      HttpResponse<String> page =
          view(lab, "/admin", session(lab, "vera"), "Accept", "text/html,*/*");
      assertThat(page.statusCode()).isEqualTo(403);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.body()).contains("vera has the role `viewer`, and this takes `admin`");
      assertThat(view(lab, "/admin", session(lab, "ada")).body()).isEqualTo("inside");
    }
  }

  @Test
  void who_logs_out_is_out() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      String vera = session(lab, "vera");
      assertThat(submit(lab, "/logout", Map.of(), vera).statusCode()).isEqualTo(403);
      HttpResponse<String> out = submit(lab, "/logout", Map.of("csrf", csrf(lab, vera)), vera);
      assertThat(out.statusCode()).isEqualTo(303);
      assertThat(out.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
      assertThat(view(lab, "/", vera).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void a_session_ends_with_its_time_and_with_the_right_of_its_person() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      String vera = session(lab, "vera");
      String anna = session(lab, "anna");
      lab.agent.with(Configured.STAFFED.without("anna"));
      assertThat(view(lab, "/", anna).statusCode()).isEqualTo(303);
      assertThat(view(lab, "/", vera).statusCode()).isEqualTo(200);
      lab.agent.now = FakeAgent.NOON.plus(BrowserSessions.LENGTH);
      assertThat(view(lab, "/", vera).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void a_reload_changes_roles_at_once() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      assertThat(lab.post("/api/v1/reload", "vera", "").statusCode()).isEqualTo(403);
      lab.agent.with(Configured.OPEN.with("vera", Role.ADMIN));
      assertThat(lab.post("/api/v1/reload", "vera", "").statusCode()).isEqualTo(200);
      assertThat(lab.get("/api/v1/runs", "anna").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void a_token_that_is_short_shared_or_not_there_opens_nothing() throws Exception {
    Configured careless =
        Configured.STAFFED
            .with("shorty", Role.ADMIN)
            .with("twin", Role.ADMIN)
            .with("absent", Role.ADMIN);
    try (Lab lab = lab(careless)) {
      assertThat(login(lab, "short", null).statusCode()).isEqualTo(401);
      assertThat(lab.get("/api/v1/runs", "vera").statusCode()).isEqualTo(401);
      assertThat(lab.get("/api/v1/runs", "absent").statusCode()).isEqualTo(401);
      assertThat(login(lab, "", null).statusCode()).isEqualTo(401);
      assertThat(lab.get("/api/v1/runs", "anna").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void who_guesses_is_made_to_wait_and_who_is_in_stays_in() throws Exception {
    Limits few = Limits.standard().failedLogins(new Rate(0.001, 3));
    try (Lab lab = new Lab(FakeAgent.inMemory().with(Configured.STAFFED), few, new Notes())) {
      String vera = session(lab, "vera");
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> wrong = login(lab, "a-guess-of-a-token-" + i, null);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("not one that the agent knows");
      }
      HttpResponse<String> right = login(lab, Configured.token("anna"), null);
      assertThat(right.statusCode()).isEqualTo(429);
      assertThat(right.headers().firstValue("Retry-After")).contains("1000");
      assertThat(lab.get("/api/v1/runs", "stranger").statusCode()).isEqualTo(429);

      assertThat(lab.get("/api/v1/runs", "anna").statusCode()).isEqualTo(200);
      assertThat(view(lab, "/", vera).statusCode()).isEqualTo(200);
      assertThat(lab.counts.of(Turned.FAILED_LOGIN)).isEqualTo(3);
      assertThat(lab.counts.of(Turned.TOO_MANY_LOGINS)).isEqualTo(2);
    }
  }

  @Test
  void the_form_of_another_site_logs_nobody_in() throws Exception {
    try (Lab lab = lab(Configured.STAFFED)) {
      Map<String, String> fields = Map.of("token", Configured.token("vera"));
      HttpResponse<String> foreign =
          submit(lab, "/login", fields, null, "Origin", "https://evil.example");
      assertThat(foreign.statusCode()).isEqualTo(403);
      assertThat(foreign.headers().firstValue("Set-Cookie")).isEmpty();
      HttpResponse<String> json =
          lab.post("/login", null, "{\"token\":\"" + Configured.token("vera") + "\"}");
      assertThat(json.statusCode()).isEqualTo(415);
    }
  }
}
