package io.byteport.adapter.probes.http;

import io.byteport.adapter.probes.net.JsonValues;
import io.byteport.adapter.probes.net.PlainText;
import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code http.get}: reads from an address that the deployment configured. Any status is an answer.
 * Redirects are followed within the same scheme, host and port; one that leads elsewhere is the
 * answer, so that neither credentials nor the agent itself are led astray.
 */
public final class HttpGet implements Action.Read<HttpGet.Input, HttpGet.Output> {
  static final String KIND = "http";
  static final int MOST_REDIRECTS = 5;
  static final DataSize LARGEST = new DataSize(1 << 20);
  private static final int MOST_HEADERS = 100;
  private static final int LONGEST_HEADER = 1000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Inventory inventory;
  private final Web web;

  public HttpGet(Inventory inventory, Web web) {
    this.inventory = inventory;
    this.web = web;
  }

  /**
   * @param url whole, or a path where a connection is given
   * @param connection whose credentials go along; the address must be its own then
   * @param query is appended, encoded
   * @param maxBody of which more is cut off, at most 1Mi
   */
  record Input(
      String url,
      @Nullable HttpService connection,
      @Nullable Map<String, String> query,
      DataSize maxBody,
      Duration timeout) {}

  /**
   * @param url what answered, after redirects
   * @param headers by names in lower case; cookies are left out
   * @param json the body, if it is JSON and whole; else null
   */
  record Output(
      String url,
      int status,
      Map<String, String> headers,
      String body,
      boolean truncated,
      Value json) {}

  @Override
  public String name() {
    return "http.get";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    String base =
        input.url().startsWith("/")
            ? service(input).flatMap(entry -> entry.text("address")).orElse("") + input.url()
            : input.url();
    return List.of("curl", "-sS", "--max-time", seconds(input.timeout()), base + parameters(input));
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    if (input.maxBody().compareTo(LARGEST) > 0 || input.maxBody().bytes() < 0) {
      throw ActionException.refused(
          FailureKind.INVALID, "at most " + LARGEST + " of a body are read");
    }
    @Nullable Service service = chosen(input);
    URI uri = address(input, service);
    Duration limit = TimeLimit.shorter(input.timeout(), context.timeout());
    for (int hop = 0; ; hop++) {
      HttpAnswer answer = once(uri, service, (int) input.maxBody().bytes(), limit);
      Optional<URI> next = redirect(answer);
      if (next.isEmpty()) {
        return output(answer);
      }
      if (hop == MOST_REDIRECTS) {
        throw ActionException.refused(
            FailureKind.UNREACHABLE,
            Web.place(uri) + " redirects more than " + MOST_REDIRECTS + " times");
      }
      uri = next.get();
    }
  }

  private HttpAnswer once(URI uri, @Nullable Service service, int mostBytes, Duration limit)
      throws ActionException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("User-Agent", "byteport").timeout(limit).GET();
    if (service != null) {
      service.authorize(request, uri);
    }
    return web.send(request.build(), service == null ? null : service.caFile(), mostBytes, limit);
  }

  private Optional<Inventory.Entry> service(Input input) {
    return input.connection() == null
        ? Optional.empty()
        : inventory.find(KIND, input.connection().name());
  }

  private @Nullable Service chosen(Input input) throws ActionException {
    if (input.connection() == null) {
      return null;
    }
    Optional<Inventory.Entry> entry = service(input);
    if (entry.isEmpty()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "the inventory has no http `" + input.connection().name() + "`");
    }
    return Service.of(entry.get());
  }

  private static URI address(Input input, @Nullable Service service) throws ActionException {
    boolean path = input.url().startsWith("/") && !input.url().startsWith("//");
    URI uri =
        Service.parse(
            (path && service != null ? service.below("") + input.url() : input.url())
                + parameters(input));
    if (service != null && !Service.isSameOrigin(service.address(), uri)) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          Web.place(uri) + " is not the address of `" + service.entry().name() + "`");
    }
    return uri;
  }

  private static String parameters(Input input) {
    Map<String, String> query = input.query() == null ? Map.of() : input.query();
    String all =
        query.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return all.isEmpty() ? "" : (input.url().indexOf('?') < 0 ? "?" : "&") + all;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Where to go on, if the answer says so and it is the same server. */
  private static Optional<URI> redirect(HttpAnswer answer) {
    boolean redirects =
        switch (answer.status()) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
    return redirects
        ? answer
            .headers()
            .firstValue("location")
            .flatMap(location -> resolve(answer.from(), location))
            .filter(next -> Service.isSameOrigin(answer.from(), next))
        : Optional.empty();
  }

  private static Optional<URI> resolve(URI from, String location) {
    try {
      URI next = from.resolve(new URI(location));
      return next.getHost() == null || next.getScheme() == null
          ? Optional.empty()
          : Optional.of(next);
    } catch (URISyntaxException unreadable) {
      return Optional.empty();
    }
  }

  private static Output output(HttpAnswer answer) {
    String text = answer.text();
    return new Output(
        PlainText.line(answer.from().toString(), 2000),
        answer.status(),
        headers(answer.headers().map()),
        PlainText.lines(text, Integer.MAX_VALUE),
        answer.cut(),
        answer.cut() ? Value.NULL : json(text));
  }

  private static Map<String, String> headers(Map<String, List<String>> raw) {
    Map<String, String> headers = new LinkedHashMap<>();
    new TreeMap<>(raw)
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (headers.size() < MOST_HEADERS && !lower.equals("set-cookie")) {
                headers.put(
                    PlainText.line(lower, LONGEST_HEADER),
                    PlainText.line(String.join(", ", values), LONGEST_HEADER));
              }
            });
    return headers;
  }

  private static Value json(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return Value.NULL;
    }
    try {
      return JsonValues.of(JSON.readTree(text));
    } catch (JacksonException notJson) {
      return Value.NULL;
    }
  }
}
