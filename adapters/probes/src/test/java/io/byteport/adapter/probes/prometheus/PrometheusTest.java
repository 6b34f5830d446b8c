package io.byteport.adapter.probes.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.probes.http.Site;
import io.byteport.adapter.probes.http.Web;
import io.byteport.adapter.probes.tls.TrustRoots;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bodies were recorded from Prometheus 2.42, and shortened. */
class PrometheusTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ActionContext CONTEXT = new ActionContext(() -> NOW, LIMIT, "test");
  private static final String TWO =
      """
      {"status":"success","data":{"resultType":"vector","result":[
       {"metric":{"__name__":"x","pod":"a"},"value":[1795262400.123,"0.25"]},
       {"metric":{"__name__":"x","pod":"b"},"value":[1795262400.123,"1.5"]}]}}
      """;
  private static final String NONE =
      """
      {"status":"success","data":{"resultType":"vector","result":[]}}
      """;

  private final Web web = new Web(new TrustRoots(Set.of()));
  private Site site;

  @BeforeEach
  void open() throws Exception {
    site = new Site();
  }

  @AfterEach
  void close() {
    site.close();
    web.close();
  }

  @Test
  void a_query_yields_the_one_value_in_its_unit() throws Exception {
    instant(200, TWO);
    assertThat(query(Map.of("pod", "a"), Unit.PERCENT)).isEqualTo(Value.of(new Percent(25)));
    assertThat(query(Map.of("pod", "b"), Unit.DURATION))
        .isEqualTo(Value.of(Duration.ofMillis(1500)));
    assertThat(query(Map.of("pod", "b"), Unit.SIZE)).isEqualTo(Value.of(new DataSize(2)));
    assertThat(query(Map.of("pod", "b"), Unit.NUMBER)).isEqualTo(Value.of(1.5));
  }

  @Test
  void none_and_several_are_failures_that_say_so() {
    instant(200, TWO);
    assertThatThrownBy(() -> query(Map.of(), Unit.NUMBER))
        .hasMessage(
            "the query finds 2 where one is wanted: {__name__=x, pod=a}, {__name__=x, pod=b}");
    assertThatThrownBy(() -> query(Map.of("pod", "c"), Unit.NUMBER))
        .hasMessage("the query finds nothing with the labels {pod=c}");
  }

  @Test
  void a_ratio_of_nothing_is_null_and_an_infinite_one_is_no_value() throws Exception {
    instant(200, TWO.replace("0.25", "NaN").replace("1.5", "+Inf"));
    assertThat(query(Map.of("pod", "a"), Unit.PERCENT)).isEqualTo(Value.NULL);
    assertThatThrownBy(() -> query(Map.of("pod", "b"), Unit.PERCENT))
        .hasMessage("the answer is +Inf");
  }

  @Test
  void a_scalar_is_a_value_and_a_range_is_not() throws Exception {
    instant(
        200, "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}}");
    assertThat(query(Map.of(), Unit.NUMBER)).isEqualTo(Value.of(7));
    site.close();
    assertThatThrownBy(
            () ->
                Answer.read(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}")
                    .samples())
        .hasMessage("expected an instant vector, found a matrix");
  }

  @Test
  void the_query_is_sent_bound_and_with_the_engines_time() throws Exception {
    instant(200, TWO);
    new PrometheusQuery(servers("token", "t0k3n"))
        .read(
            new PrometheusQuery.Input(
                "x{service=$service}",
                Map.of("service", "a\"} or up{a=\""),
                Map.of("pod", "a"),
                Unit.NUMBER,
                null,
                LIMIT),
            CONTEXT);

    Site.Asked asked = site.asked().getFirst();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.authorization()).isEqualTo("Bearer t0k3n");
    assertThat(URLDecoder.decode(asked.body(), StandardCharsets.UTF_8))
        .isEqualTo("query=x{service=\"a\\\"} or up{a=\\\"\"}&time=1795262400.000&timeout=60000ms");
  }

  @Test
  void a_server_that_takes_no_post_is_asked_by_get() throws Exception {
    site.answers("/api/v1/query", 405, Map.of(), "");
    assertThatThrownBy(() -> query(Map.of(), Unit.NUMBER)).isInstanceOf(ActionException.class);
    assertThat(site.asked()).extracting(Site.Asked::method).containsExactly("POST", "GET");
    assertThat(site.asked().get(1).target()).startsWith("/api/v1/query?query=up");
  }

  @Test
  void a_refusal_is_quoted_and_its_kind_is_right() {
    Map<Integer, FailureKind> kinds =
        Map.of(
            400, FailureKind.INVALID,
            401, FailureKind.FORBIDDEN,
            422, FailureKind.INVALID,
            429, FailureKind.REFUSED,
            503, FailureKind.UNREACHABLE);
    kinds.forEach(
        (status, kind) -> {
          ActionException failure =
              catchThrowableOfType(
                  ActionException.class,
                  () ->
                      Answer.read(
                          status,
                          "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:3: parse"
                              + " error: \\u001b[31munexpected\"}"));
          assertThat(failure.kind()).isEqualTo(kind);
          assertThat(failure.reason())
              .isEqualTo("bad_data: 1:3: parse error: \uFFFD[31munexpected");
        });
    assertThatThrownBy(() -> Answer.read(502, "<html>Bad Gateway\r\n</html>"))
        .hasMessage("HTTP 502: <html>Bad Gateway\uFFFD\uFFFD</html>");
  }

  @Test
  void part_of_an_answer_is_no_answer() {
    instant(
        200,
        TWO.replace(
            "\"status\":\"success\",",
            "\"status\":\"success\",\"warnings\":[\"partial response: store is down\"],"));
    assertThatThrownBy(() -> query(Map.of("pod", "a"), Unit.NUMBER))
        .hasMessage("the answer is not complete: partial response: store is down");
  }

  @Test
  void samples_are_all_told_and_none_is_an_answer() throws Exception {
    instant(200, TWO);
    assertThat(samples().samples())
        .containsExactly(
            new PrometheusSamples.Item(
                Map.of("__name__", "x", "pod", "a"), Value.of(new Percent(25))),
            new PrometheusSamples.Item(
                Map.of("__name__", "x", "pod", "b"), Value.of(new Percent(150))));
    site.close();
    site = new Site();
    instant(200, NONE);
    assertThat(samples().samples()).isEmpty();
  }

  @Test
  void labels_that_steer_terminals_arrive_as_plain_text() throws Exception {
    instant(200, TWO.replace("\"b\"", "\"b\\u001b]0;x\\u0007" + "y".repeat(600) + "\""));
    String label = samples().samples().get(1).labels().get("pod");
    assertThat(label).startsWith("b\uFFFD]0;x\uFFFDyyy").hasSize(501);
  }

  @Test
  void a_range_keeps_its_points_and_leaves_out_what_is_no_number() throws Exception {
    range(
        "[[1795262160,\"1\"],[1795262220,\"2\"],[1795262280,\"NaN\"],[1795262340,\"4\"],"
            + "[1795262400,\"5\"]]");
    PrometheusRange.Output output = range(Duration.ofMinutes(4), Duration.ofMinutes(1));

    assertThat(output.series())
        .extracting(PrometheusRange.Point::value)
        .containsExactly(Value.of(1), Value.of(2), Value.of(4), Value.of(5));
    assertThat(output.series().getLast().at()).isEqualTo(NOW);
    assertThat(URLDecoder.decode(site.asked().getFirst().body(), StandardCharsets.UTF_8))
        .isEqualTo("query=up&start=1795262160.000&end=1795262400.000&step=60.000&timeout=60000ms");
  }

  @Test
  void a_range_ends_at_a_multiple_of_its_step_so_that_two_series_have_points_in_common()
      throws Exception {
    range(
        "[[1795262070,\"1\"],[1795262140,\"2\"],[1795262210,\"3\"],[1795262280,\"4\"],"
            + "[1795262350,\"5\"]]");
    PrometheusRange.Output output = range(Duration.ofSeconds(280), Duration.ofSeconds(70));

    assertThat(output.series()).hasSize(5);
    assertThat(URLDecoder.decode(site.asked().getFirst().body(), StandardCharsets.UTF_8))
        .isEqualTo("query=up&start=1795262070.000&end=1795262350.000&step=70.000&timeout=60000ms");
  }

  @Test
  void a_range_with_too_many_holes_says_nothing() {
    range("[[1795262160,\"1\"],[1795262220,\"2\"],[1795262400,\"5\"]]");
    assertThatThrownBy(() -> range(Duration.ofMinutes(4), Duration.ofMinutes(1)))
        .hasMessage("only 3 of 5 points are there, which says too little");
  }

  @Test
  void a_range_of_more_points_than_the_server_gives_is_refused_before_it_is_asked() {
    assertThatThrownBy(() -> range(Duration.ofDays(30), Duration.ofSeconds(1)))
        .hasMessageContaining("are more than 11000; make the step longer");
    assertThat(site.asked()).isEmpty();
  }

  @Test
  void a_comparison_asks_for_now_and_for_then() throws Exception {
    instant(200, TWO);
    PrometheusCompare.Output output =
        new PrometheusCompare(servers("token", "t"))
            .read(
                new PrometheusCompare.Input(
                    "up",
                    null,
                    Map.of("pod", "a"),
                    NOW.minus(Duration.ofHours(1)),
                    Unit.NUMBER,
                    null,
                    LIMIT),
                CONTEXT);
    assertThat(output.now()).isEqualTo(output.before()).isEqualTo(Value.of(0.25));
    assertThat(site.asked())
        .extracting(asked -> asked.body().replaceAll(".*&time=([0-9.]+)&.*", "$1"))
        .containsExactly("1795262400.000", "1795258800.000");
  }

  @Test
  void where_there_are_several_servers_one_must_be_meant() {
    Inventory two =
        new Inventory(
            List.of(
                Inventory.Entry.of("prometheus", "eu", Map.of("address", site.address())),
                Inventory.Entry.of("prometheus", "us", Map.of("address", site.address()))));
    PrometheusQuery query = new PrometheusQuery(new PrometheusServers(two, web));
    assertThatThrownBy(
            () ->
                query.read(
                    new PrometheusQuery.Input("up", null, null, Unit.NUMBER, null, LIMIT), CONTEXT))
        .hasMessageContaining("several of the kind prometheus: eu, us");
    assertThatThrownBy(
            () ->
                query.read(
                    new PrometheusQuery.Input(
                        "up", null, null, Unit.NUMBER, new Prometheus("http://evil"), LIMIT),
                    CONTEXT))
        .hasMessage("the inventory has no prometheus `http://evil`");
  }

  @Test
  void its_command_can_be_pasted_and_shows_the_query_as_it_is_sent() {
    assertThat(
            new PrometheusQuery(servers("token", "t"))
                .command(
                    new PrometheusQuery.Input(
                        "up{job=$job}", Map.of("job", "a"), null, Unit.NUMBER, null, LIMIT)))
        .containsExactly("promtool", "query", "instant", site.address(), "up{job=\"a\"}");
  }

  private void instant(int status, String body) {
    site.answers("/api/v1/query", status, Map.of("Content-Type", "application/json"), body);
  }

  private void range(String values) {
    site.answers(
        "/api/v1/query_range",
        200,
        Map.of("Content-Type", "application/json"),
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":"
            + values
            + "}]}}");
  }

  private PrometheusServers servers(String credential, String value) {
    return new PrometheusServers(
        new Inventory(
            List.of(
                new Inventory.Entry(
                    "prometheus",
                    "prometheus",
                    "prometheus",
                    List.of(),
                    Map.of("address", Value.of(site.address())),
                    Map.of(credential, new Secret("the test", () -> value, known -> {})),
                    Map.of(),
                    Map.of()))),
        web);
  }

  private Value query(Map<String, String> labels, Unit unit) throws Exception {
    return new PrometheusQuery(servers("token", "t"))
        .read(new PrometheusQuery.Input("up", null, labels, unit, null, LIMIT), CONTEXT)
        .value();
  }

  private PrometheusSamples.Output samples() throws Exception {
    return new PrometheusSamples(servers("token", "t"))
        .read(new PrometheusSamples.Input("x", null, null, Unit.PERCENT, null, LIMIT), CONTEXT);
  }

  private PrometheusRange.Output range(Duration over, Duration step) throws Exception {
    return new PrometheusRange(servers("token", "t"))
        .read(
            new PrometheusRange.Input("up", null, null, over, step, Unit.NUMBER, null, LIMIT),
            CONTEXT);
  }
}
