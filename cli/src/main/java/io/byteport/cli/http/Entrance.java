package io.byteport.cli.http;

import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logging in and out, and what pages stand behind. Safe for several threads. */
final class Entrance implements Sessions {
  private static final String LOGIN = "/login";
  private static final String LOGOUT = "/logout";
  private static final String PAGES = "pages";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final HeaderName ORIGIN = HeaderNames.create("Origin");
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");

  private final Door door;
  private final People people;
  private final BrowserSessions sessions;
  private final TokenBuckets failures;
  private final Bodies bodies;
  private final Pages pages;
  private final Guard guard;
  private final HttpCounts counts;

  Entrance(
      Door door,
      People people,
      BrowserSessions sessions,
      TokenBuckets failures,
      Bodies bodies,
      Pages pages,
      HttpCounts counts) {
    this.door = door;
    this.people = people;
    this.sessions = sessions;
    this.failures = failures;
    this.bodies = bodies;
    this.pages = pages;
    this.counts = counts;
    this.guard = new Guard(counts, pages);
  }

  void register(HttpRules rules) {
    rules.get(
        LOGIN,
        guard.around(LOGIN, (request, response) -> show(200, next(request), null, response)));
    rules.post(LOGIN, guard.around(LOGIN, this::login));
    rules.post(
        LOGOUT,
        form(
            Role.VIEWER,
            (visitor, fields, request, response) -> {
              String name = Door.cookie(request);
              if (name != null) {
                sessions.end(name);
              }
              response.header(HeaderNames.SET_COOKIE, cookie("", 0, request));
              redirect(LOGIN, response);
            }));
  }

  @Override
  public Handler page(Role least, Page page) {
    return guard.around(
        PAGES,
        (request, response) -> {
          if (door.visitor(request).isEmpty() && people.any()) {
            askWho(request, response);
          } else {
            page.show(door.require(least, request), request, response);
          }
        });
  }

  private static void askWho(ServerRequest request, ServerResponse response) {
    String path = request.prologue().uriPath().rawPath();
    String query = request.prologue().query().rawValue();
    String here = safe(query.isEmpty() ? path : path + "?" + query);
    if (request.headers().first(FETCH_SITE).orElse("").equals("cross-site")) {
      // a link in somebody else's page brings no session with it; one in ours does
      Guard.send(
          response,
          "text/html; charset=utf-8",
          Pages.LoginForm.plainPage(
              "BytePort",
              "<meta http-equiv=\"refresh\" content=\"0; url="
                  + Pages.LoginForm.escaped(here)
                  + "\">\n<p><a href=\""
                  + Pages.LoginForm.escaped(here)
                  + "\">Go on</a></p>\n"));
    } else {
      redirect(LOGIN + "?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8), response);
    }
  }

  @Override
  public Handler form(Role least, Form form) {
    return guard.around(
        PAGES,
        (request, response) -> {
          requireOwnOrigin(request);
          Visitor visitor = door.require(least, request);
          Map<String, String> fields = fields(request);
          requireToken(visitor, fields.get(Visitor.CSRF_FIELD));
          form.submit(visitor, fields, request, response);
        });
  }

  /**
   * For what programs ask with other methods than GET: one who has a session must show that the
   * request comes from a page of this server. A token needs no such thing, since no browser sends
   * it by itself.
   */
  static void requireOwnPage(Visitor visitor, ServerRequest request) {
    if (visitor.hasSession()) {
      requireOwnOrigin(request);
      requireToken(
          visitor, request.headers().first(HeaderNames.create(Visitor.CSRF_HEADER)).orElse(null));
    }
  }

  private static void requireToken(Visitor visitor, @Nullable String token) {
    if (visitor.hasSession()
        && (token == null
            || !MessageDigest.isEqual(People.digest(token), People.digest(visitor.csrf())))) {
      throw foreign("the form is of another session than this one: load the page again");
    }
  }

  private static void requireOwnOrigin(ServerRequest request) {
    String site = request.headers().first(FETCH_SITE).orElse(null);
    String origin = request.headers().first(ORIGIN).orElse(null);
    String host = request.headers().first(HeaderNames.HOST).orElse("");
    boolean own =
        site != null
            ? site.equals("same-origin") || site.equals("none")
            : origin == null || origin.replaceFirst("^https?://", "").equals(host);
    if (!own) {
      throw foreign("the request comes from a page of another site");
    }
  }

  private static Problem foreign(String detail) {
    return new Problem(403, "not from here", detail, Turned.FOREIGN_FORM);
  }

  private Map<String, String> fields(ServerRequest request) throws IOException {
    if (!Bodies.is(request, FORM)) {
      throw new Problem(
          415, "unsupported media type", "a form is sent as " + FORM, Turned.MEDIA_TYPE);
    }
    return Bodies.fields(bodies.read(request));
  }

  private void login(ServerRequest request, ServerResponse response) throws IOException {
    requireOwnOrigin(request);
    Map<String, String> fields = fields(request);
    String next = safe(fields.getOrDefault("next", "/"));
    String address = Door.address(request);
    if (!failures.has(address)) {
      throw door.tooManyTokens(); // not even a right one is told from wrong ones now
    }
    Optional<People.Known> person = people.withToken(fields.getOrDefault("token", "").strip());
    if (person.isEmpty()) {
      if (!failures.take(address)) {
        throw door.tooManyTokens();
      }
      counts.refused(Turned.FAILED_LOGIN, LOGIN);
      show(401, next, "This token is not one that the agent knows.", response);
      return;
    }
    String before = Door.cookie(request);
    if (before != null) {
      sessions.end(before);
    }
    String name = sessions.open(person.get());
    response.header(
        HeaderNames.SET_COOKIE, cookie(name, BrowserSessions.LENGTH.toSeconds(), request));
    redirect(next, response);
  }

  private void show(int status, String next, @Nullable String complaint, ServerResponse response) {
    response.status(status);
    response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    response.send(
        pages.login(new Pages.LoginForm(next, complaint)).getBytes(StandardCharsets.UTF_8));
  }

  private static String next(ServerRequest request) {
    return safe(Call.query(request).getOrDefault("next", "/"));
  }

  /** A path of this server, whatever was asked for. */
  static String safe(String next) {
    boolean own =
        next.startsWith("/")
            && !next.startsWith("//")
            && next.chars().noneMatch(c -> c == '\\' || c <= ' ' || c >= 127);
    return own ? next : "/";
  }

  private static String cookie(String value, long seconds, ServerRequest request) {
    boolean secure =
        request.isSecure()
            || request.headers().first(FORWARDED_PROTO).orElse("").equalsIgnoreCase("https");
    return Door.COOKIE
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + seconds
        + (secure ? "; Secure" : "");
  }

  private static void redirect(String where, ServerResponse response) {
    response.status(303);
    response.header(HeaderNames.LOCATION, where);
    response.send();
  }
}
