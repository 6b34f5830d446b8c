package io.byteport.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.channel.Message;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.InterpretedCourse;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunReport.Notification;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.signal.UnclaimedSignal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final String CHANNELS =
      """
      channels:
        post:
          kind: mail
        talk:
          kind: chat
        beep:
          kind: page
      """;

  private static final String AGENT =
      """
      apiVersion: byteport.io/v1
      kind: Agent
      metadata:
        name: test
      links:
        console: https://byteport.example.com
      channels:
        ops_mail: { type: post }
        dba_mail: { type: post }
        ops_chat:
          type: talk
          minSeverity: warning
          mentionOnCritical: "@oncall"
          templates:
            resolved: ${title} is over, ${link}
            "*": "${severity}: ${runbook.title} on ${target.name}"
        ops_pager: { type: beep, minSeverity: high }
      routes:
        - when: runbook.category == "database" or target.labels["team"] == "dba"
          use: [dba_mail]
        - when: class == "noise" or result == "skipped"
          use: []
        - when: true
          use: [ops_mail, ops_chat, ops_pager]
      """;

  private static final String RUNBOOK =
      """
      apiVersion: byteport.io/v1
      kind: Runbook
      metadata:
        id: mend_box
        title: A box is broken
        category: CATEGORY
        severity: high
        status: shipped
        version: 1.0.0
      detectors:
        box_broken:
          doc: A box is broken
      inputs:
        name: { type: string, required: true, doc: Which box }
      target:
        type: box
        name: ${inputs.name}
      diagnose:
        box:
          uses: lab.box
          with:
            box: ${target}
      classify:
        rules:
          - class: broken
            when: not box.ready
            confidence: 0.9
            because: ${box.name} is not ready
      remediate:
        broken:
          steps:
            - id: mend
              uses: lab.mend
              with:
                box: ${target}
          advice: Look at ${box.name}
        unknown:
          advice: Nobody knows
      verify:
        within: 3h
        every: 1m
        expect:
          ready: box.ready
      summary: ${target.name} ${run.result}
      escalate:
        to:
          mail: {}
      resolve:
        to:
          chat: {}
      """;

  private final Routes routes = routes(AGENT);

  @Test
  void the_first_route_that_holds_and_has_a_channel_of_the_kind_decides_for_each_kind() {
    Occasion database = occasion("database", Map.of());
    assertThat(channels(database, "high", "mail", "page")).containsExactly("dba_mail", "ops_pager");

    Occasion other = occasion("test", Map.of());
    assertThat(channels(other, "high", "mail", "chat", "page"))
        .containsExactly("ops_mail", "ops_chat", "ops_pager");

    Occasion dba = occasion("test", Map.of("team", "dba"));
    assertThat(channels(dba, "high", "mail")).containsExactly("dba_mail");
  }

  @Test
  void what_is_less_grave_than_a_channel_wants_does_not_go_there() {
    Occasion occasion = occasion("test", Map.of());
    assertThat(channels(occasion, "info", "mail", "chat", "page")).containsExactly("ops_mail");
    assertThat(channels(occasion, "warning", "chat", "page")).containsExactly("ops_chat");
    assertThat(channels(occasion, "critical", "chat", "page"))
        .containsExactly("ops_chat", "ops_pager");
    assertThat(channels(occasion, "P1", "page")).as("its own words").containsExactly("ops_pager");
    assertThat(routes.address(occasion, notice("info", "chat")).unheard())
        .as("that was not missed")
        .isEmpty();
  }

  @Test
  void a_kind_that_there_is_no_channel_of_is_named() {
    Addressed to = routes.address(occasion("test", Map.of()), notice("high", "room", "mail"));

    assertThat(to.unheard()).containsExactly("room");
    assertThat(to.envelopes()).extracting(Envelope::channel).containsExactly("ops_mail");
  }

  @Test
  void what_names_no_kind_goes_to_those_who_are_asked_for_approvals() {
    assertThat(channels(occasion("test", Map.of()), "high")).containsExactly("ops_chat");
  }

  @Test
  void without_any_channel_nobody_is_told_and_nobody_is_missed() {
    Routes none = routes(AGENT.substring(0, AGENT.indexOf("channels:")));

    assertThat(none.address(occasion("test", Map.of()), notice("high", "mail")))
        .isEqualTo(Addressed.TO_NOBODY);
  }

  @Test
  void a_message_says_what_it_is_about_and_where_to_read_on() {
    Message message = only(occasion("test", Map.of()), notice("critical", "chat"));

    assertThat(message.subject())
        .isEqualTo(
            new Message.Subject(
                "mend_box",
                "test",
                "box_broken",
                "watch",
                "finger",
                "box/b1",
                "broken",
                "escalated",
                NOON));
    assertThat(message.link()).isEqualTo("https://byteport.example.com/runs/run-1");
    assertThat(message.runbookLink()).isEqualTo("byteport show mend_box");
    assertThat(message.labels()).containsExactly("urgent");
    assertThat(message.mention()).isEqualTo("@oncall");
    assertThat(only(occasion("test", Map.of()), notice("high", "chat")).mention()).isNull();
  }

  @Test
  void a_template_takes_the_place_of_a_channels_own_words() {
    Occasion occasion = occasion("test", Map.of());

    assertThat(only(occasion, notice("high", "chat")).text())
        .isEqualTo("high: A box is broken on b1");
    Notification resolved = Post.notice("b1", "", Duration.ZERO, Map.of("chat", List.of()));
    Notification again =
        new Notification(
            "resolved",
            resolved.channels(),
            "high",
            "b1",
            null,
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            "",
            Duration.ZERO);
    assertThat(only(occasion, again).text())
        .isEqualTo("b1 is over, https://byteport.example.com/runs/run-1");
    assertThat(only(occasion, notice("high", "mail")).text()).isNull();
  }

  @Test
  void a_signal_that_no_runbook_took_is_routed_too() {
    Event.Opened opened = opened("test", Map.of());
    Event.Opened unclaimed =
        new Event.Opened(
            NOON,
            new RunId("run-1"),
            UnclaimedSignal.NO_RUNBOOK,
            "",
            "",
            Mode.LIVE,
            opened.signal(),
            StructValue.EMPTY,
            StructValue.EMPTY,
            StructValue.EMPTY,
            "signal/box_broken/finger");
    Message message = only(new Occasion(unclaimed, null, NOON), notice("high", "mail"));

    assertThat(message.subject().runbook()).isEqualTo("none");
    assertThat(message.subject().category()).isEmpty();
    assertThat(message.subject().result()).isNull();
  }

  @Test
  void a_source_hears_that_what_it_raised_was_resolved_and_nothing_else() {
    List<Raised> alerts =
        List.of(new Raised("prod", "one"), new Raised("prod", "two"), new Raised("deaf", "three"));
    List<Envelope> told = routes.feedback(ended(RunResult.RESOLVED, Mode.LIVE), () -> alerts);

    assertThat(told).extracting(Envelope::channel).containsOnly("source:prod");
    assertThat(told)
        .extracting(one -> one.message().subject().fingerprint())
        .containsExactly("one", "two");
    assertThat(told.getFirst().message().notice().title()).isEqualTo("api is resolved");
    assertThat(routes.feedback(ended(RunResult.ESCALATED, Mode.LIVE), () -> alerts)).isEmpty();
    assertThat(routes.feedback(ended(RunResult.RESOLVED, Mode.DRY_RUN), () -> alerts)).isEmpty();
  }

  private static Occasion ended(RunResult result, Mode mode) {
    return new Occasion(
        opened("test", Map.of(), mode), Post.report(result, "broken", List.of()), NOON);
  }

  private List<String> channels(Occasion occasion, String priority, String... kinds) {
    return routes.address(occasion, notice(priority, kinds)).envelopes().stream()
        .map(Envelope::channel)
        .toList();
  }

  private Message only(Occasion occasion, Notification notice) {
    List<Envelope> envelopes = routes.address(occasion, notice).envelopes();
    assertThat(envelopes).hasSize(1);
    return envelopes.getFirst().message();
  }

  private static Notification notice(String priority, String... kinds) {
    Map<String, List<String>> channels = new LinkedHashMap<>();
    for (String kind : kinds) {
      channels.put(kind, List.of("urgent"));
    }
    return new Notification(
        "escalated",
        channels,
        priority,
        "b1 escalated",
        null,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        "",
        Duration.ZERO);
  }

  private static Occasion occasion(String category, Map<String, String> labels) {
    RunReport report = Post.report(RunResult.ESCALATED, "broken", List.of());
    return new Occasion(opened(category, labels), report, NOON);
  }

  private static Event.Opened opened(String category, Map<String, String> labels) {
    return opened(category, labels, Mode.LIVE);
  }

  private static Event.Opened opened(String category, Map<String, String> labels, Mode mode) {
    Map<String, Value> tags = new LinkedHashMap<>();
    labels.forEach((name, text) -> tags.put(name, Value.of(text)));
    StructValue box =
        new StructValue(Map.of("name", Value.of("b1"), "labels", new StructValue(tags)));
    return new Event.Opened(
        NOON,
        new RunId("run-1"),
        "mend_box",
        "1.0.0",
        RUNBOOK.replace("CATEGORY", category),
        mode,
        new Signal(
            "box_broken",
            "watch",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of(),
            NOON,
            null,
            "finger",
            null),
        StructValue.EMPTY,
        box,
        box,
        "box/b1");
  }

  private static Routes routes(String agent) {
    ActionCatalogue catalogue = catalogue();
    Checked<AgentConfiguration> read =
        AgentLoader.load(new SourceFile("agent.yaml", agent), catalogue);
    return new Routes(
        read.value().orElseThrow(() -> new AssertionError(read.diagnostics())),
        Set.of("prod"),
        new Evaluator(),
        InterpretedCourse.beginning(
            new RunbookLoader(catalogue), new Interpreter(new Evaluator(), Links.NONE)));
  }

  private static ActionCatalogue catalogue() {
    try (InputStream in = RoutesTest.class.getResourceAsStream("/catalogues/lab.yaml")) {
      String lab = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ActionCatalogueLoader.load(
              List.of(new SourceFile("lab.yaml", lab), new SourceFile("told.yaml", CHANNELS)))
          .value()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
