package io.byteport.dsl.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.byteport.dsl.agent.AgentConfiguration.Concurrency;
import io.byteport.dsl.agent.AgentConfiguration.Configured;
import io.byteport.dsl.agent.AgentConfiguration.Enable;
import io.byteport.dsl.agent.AgentConfiguration.Limit;
import io.byteport.dsl.agent.AgentConfiguration.Links;
import io.byteport.dsl.agent.AgentConfiguration.Listen;
import io.byteport.dsl.agent.AgentConfiguration.Mapping;
import io.byteport.dsl.agent.AgentConfiguration.Once;
import io.byteport.dsl.agent.AgentConfiguration.Person;
import io.byteport.dsl.agent.AgentConfiguration.Recurring;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.dsl.agent.AgentConfiguration.Source;
import io.byteport.dsl.agent.AgentConfiguration.Store;
import io.byteport.dsl.agent.AgentConfiguration.Tls;
import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AgentLoaderTest {
  private static final Path CLEAN =
      Path.of("src", "test", "resources", "golden", "agent", "clean.yaml");
  private static final String LEAST = "apiVersion: byteport.io/v1\nkind: Agent\n";

  private static Checked<AgentConfiguration> load(String text) {
    return AgentLoader.load(
        new SourceFile("agent.yaml", text), Catalogues.TEST, List.of(Watched.RUNBOOK));
  }

  private static AgentConfiguration sound(String text) {
    Checked<AgentConfiguration> loaded = load(text);
    return loaded.value().orElseThrow(() -> new AssertionError(printed(loaded.diagnostics())));
  }

  private static AgentConfiguration clean() throws IOException {
    return sound(Files.readString(CLEAN));
  }

  private static String printed(List<Diagnostic> found) {
    return new DiagnosticPrinter(false).print(found);
  }

  private static String printed(TypedExpr expr) {
    return ExprPrinter.print(expr.syntax());
  }

  @Test
  void a_file_that_says_nothing_is_a_dry_run_that_only_this_machine_reaches() {
    AgentConfiguration agent = sound(LEAST);

    assertThat(agent.live()).isFalse();
    assertThat(agent.listen()).isEqualTo(new Listen("127.0.0.1", 8080, null));
    assertThat(agent.access().people()).isEmpty();
    assertThat(agent.store())
        .isEqualTo(new Store("byteport-state", null, null, null, Duration.ZERO));
    assertThat(agent.autonomy()).isEmpty();
    assertThat(agent.concurrency()).isEqualTo(new Concurrency(20, 2));
    assertThat(agent.runbooks().enable()).isEqualTo(Enable.NEWEST);
    assertThat(agent.runbooks().library()).isTrue();
  }

  @Test
  void who_may_enter_is_read_with_where_their_tokens_are_kept() throws IOException {
    AgentConfiguration agent = clean();

    assertThat(agent.name()).isEqualTo("prod-eu");
    assertThat(agent.live()).isTrue();
    assertThat(agent.listen())
        .isEqualTo(new Listen("0.0.0.0", 8080, new Tls("/run/tls/tls.crt", "/run/tls/tls.key")));
    assertThat(agent.access().people())
        .containsExactly(
            Map.entry(
                "dana",
                new Person(Role.ADMIN, List.of("sre"), new SecretReference.Variable("DANA_TOKEN"))),
            Map.entry(
                "lee",
                new Person(
                    Role.APPROVER,
                    List.of("dba"),
                    new SecretReference.InCluster("people", "lee", null, null))),
            Map.entry(
                "screen",
                new Person(
                    Role.VIEWER, List.of(), new SecretReference.InFile("/run/secrets/screen"))));
    assertThat(agent.links())
        .isEqualTo(new Links("https://byteport.example.com", "https://wiki.example.com/runbooks"));
    assertThat(agent.store())
        .isEqualTo(
            new Store(
                null,
                "pg-ops-01:5432/byteport",
                "byteport",
                new SecretReference.Variable("BYTEPORT_STORE_PASSWORD"),
                Duration.ofDays(400)));
  }

  @Test
  void a_source_has_its_settings_its_path_and_its_rules() throws IOException {
    Source called = clean().sources().get("alertmanager");
    Source asked = clean().sources().get("other-alertmanager");

    assertThat(called.webhook()).isEqualTo("/webhooks/alertmanager");
    assertThat(called.every()).isEqualTo(Duration.ofSeconds(30));
    assertThat(called.entry().kind()).isEqualTo("source");
    assertThat(called.entry().secrets()).containsOnlyKeys("token");
    assertThat(asked.webhook()).isNull();
    assertThat(asked.every()).isEqualTo(Duration.ofMinutes(1));
    assertThat(asked.emitResolved()).isTrue();
    assertThat(asked.entry().settings())
        .containsEntry("address", Value.of("http://alertmanager:9093"))
        .containsEntry("connection", Value.of("vault"));
    assertThat(asked.rules())
        .extracting(rule -> rule.signal() + ": " + printed(rule.when()))
        .containsExactly(
            "pod_restarts: signal.labels[\"team\"] == \"dba\" and"
                + " signal.labels[\"alertname\"] ~= \"(?i)pool\"",
            "pod_restarts: signal.severity == \"critical\" and signal.status == \"firing\"");
  }

  @Test
  void a_mapping_is_of_expressions_and_what_has_no_condition_always_holds() throws IOException {
    Mapping mapping = clean().sources().get("icinga").mapping();

    assertThat(mapping).isNotNull();
    assertThat(mapping.items())
        .extracting(AgentLoaderTest::printed)
        .isEqualTo("body.notifications");
    assertThat(mapping.status())
        .extracting(choice -> choice.value() + ": " + printed(choice.when()))
        .containsExactly("resolved: text(item.state) == \"OK\"", "firing: true");
    assertThat(mapping.severity())
        .extracting(choice -> choice.value() + ": " + printed(choice.when()))
        .containsExactly("critical: true");
    assertThat(mapping.at()).extracting(AgentLoaderTest::printed).isEqualTo("time(item.timestamp)");
    assertThat(mapping.dedupKey())
        .extracting(AgentLoaderTest::printed)
        .isEqualTo(
            "join([coalesce(text(item.host), \"-\"), \"/\", coalesce(text(item.service), \"-\")],"
                + " \"\")");
    assertThat(mapping.labels()).containsOnlyKeys("check", "database", "from");
    assertThat(mapping.labels().get("from"))
        .extracting(AgentLoaderTest::printed)
        .isEqualTo("\"icinga\"");
  }

  @Test
  void channels_have_the_kind_of_their_type() throws IOException {
    assertThat(clean().channels().values())
        .extracting(channel -> channel.entry().name() + " " + channel.entry().kind())
        .containsExactly("ops_mail mail", "ops_chat chat", "pager page");
    assertThat(clean().channels().get("ops_chat").mentionOnCritical()).isEqualTo("@oncall");
    assertThat(clean().channels().get("ops_chat").minSeverity()).isEqualTo("warning");
    assertThat(clean().channels().get("ops_mail").minSeverity()).isEqualTo("info");
    assertThat(clean().routes().get(1).use()).containsExactly("ops_mail", "ops_chat", "pager");
  }

  @Test
  void nobody_is_paged_for_information_unless_the_configuration_says_so() throws IOException {
    assertThat(clean().channels().get("pager").minSeverity()).isEqualTo("warning");
  }

  @Test
  void without_routes_every_channel_is_used_for_everything() throws IOException {
    String text = Files.readString(CLEAN);
    int routes = text.indexOf("routes:");
    AgentConfiguration agent =
        sound(text.substring(0, routes) + text.substring(text.indexOf("autonomy:")));

    assertThat(agent.routes())
        .singleElement()
        .satisfies(
            route -> {
              assertThat(printed(route.when())).isEqualTo("true");
              assertThat(route.use()).containsExactly("ops_mail", "ops_chat", "pager");
            });
  }

  @Test
  void what_it_may_do_is_read_with_its_times() throws IOException {
    AgentConfiguration agent = clean();

    assertThat(agent.autonomy())
        .extracting(AgentConfiguration.Level::level)
        .containsExactly("act", "propose", "approve", "approve");
    assertThat(agent.approvals().within()).isEqualTo(Duration.ofMinutes(15));
    assertThat(agent.windows().get("sunday_patching").time())
        .isEqualTo(new Recurring("0 2 * * SUN", ZoneId.of("Europe/Madrid"), Duration.ofHours(3)));
    assertThat(agent.windows().get("black_friday").time())
        .isEqualTo(
            new Once(Instant.parse("2026-11-26T23:00:00Z"), Instant.parse("2026-11-30T22:59:59Z")));
    assertThat(agent.limits())
        .containsExactly(
            Map.entry("changes_per_hour", new Limit(40, Duration.ofHours(1), List.of(), List.of())),
            Map.entry(
                "deletions",
                new Limit(
                    3,
                    Duration.ofMinutes(10),
                    List.of("target", "namespace"),
                    List.of("kubectl.deletePod"))));
  }

  @Test
  void parameters_stay_as_they_are_written_until_a_runbook_is_bound() throws IOException {
    Configured configured = clean().runbooks().configure().get("pod_restarts");

    assertThat(configured.enabled()).isTrue();
    assertThat(configured.watch()).isFalse();
    assertThat(configured.params())
        .containsEntry("limit", Value.of(3.0))
        .containsEntry("quiet", Value.of("90s"))
        .containsEntry("reasons", Value.of(List.of(Value.of("Error"), Value.of("OOMKilled"))));
  }

  @Test
  void a_runbook_that_may_lie_in_a_folder_elsewhere_is_not_called_unknown() {
    String text =
        LEAST
            + "runbooks: { folders: [/elsewhere], configure: { other: {}, pod: {} } }\n"
            + "sources: { one: { type: alertmanager, webhook: /webhooks/one, rules: [ { when: true,"
            + " signal: other } ] } }\n";
    Checked<AgentConfiguration> loaded =
        AgentLoader.load(
            new SourceFile("agent.yaml", text),
            Catalogues.TEST,
            (Collection<String> folders, boolean library) ->
                new KnownRunbooks() {
                  @Override
                  public Set<String> ids() {
                    return Set.of("pod_restarts");
                  }

                  @Override
                  public Optional<CheckedRunbook> find(String id) {
                    return Optional.empty();
                  }

                  @Override
                  public boolean complete() {
                    return folders.isEmpty() && library;
                  }
                });

    assertThat(loaded.diagnostics()).isEmpty();
    assertThat(load(text).diagnostics()).hasSize(3);
    assertThat(AgentLoader.load(new SourceFile("agent.yaml", text), Catalogues.TEST).diagnostics())
        .isEmpty();
  }

  @Test
  void connections_are_those_of_a_file_of_connections() throws IOException {
    assertThat(clean().connections())
        .extracting(Connection::kind, Connection::name)
        .containsExactly(tuple("database", "appdb"), tuple("cloud", "vault"));
  }

  @Test
  void a_secret_that_is_written_out_is_never_shown() throws IOException {
    String text = Files.readString(CLEAN);
    List<MatchResult> references =
        Pattern.compile("\\{ (?:env|file|kubernetes): (?:\\{[^}]*}|[^}]*) }")
            .matcher(text)
            .results()
            .toList();

    assertThat(references).hasSizeGreaterThan(10);
    for (MatchResult reference : references) {
      for (String written :
          List.of("hunter2", "[hunter2]", "{ env: hunter-2 }", "{ enw: hunter2 }")) {
        String broken =
            text.substring(0, reference.start()) + written + text.substring(reference.end());
        String printed = printed(load(broken).diagnostics());
        assertThat(printed).as(broken).isNotEmpty().doesNotContain("hunter");
      }
    }
  }
}
