package io.byteport.cli.http;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentConfiguration.Access;
import io.byteport.dsl.agent.AgentConfiguration.Approvals;
import io.byteport.dsl.agent.AgentConfiguration.Listen;
import io.byteport.dsl.agent.AgentConfiguration.Person;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.dsl.agent.AgentConfiguration.Source;
import io.byteport.dsl.agent.AgentConfiguration.Tls;
import io.byteport.dsl.agent.HttpSettings;
import io.byteport.dsl.agent.StormSettings;
import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.dsl.source.Span;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations for tests. Everybody's token stands in a variable of their name. */
record Configured(
    String host,
    @Nullable Tls tls,
    Map<String, Person> people,
    List<String> approvers,
    List<String> webhooks) {

  static final Configured OPEN =
      new Configured("127.0.0.1", null, Map.of(), List.of(), List.of("/webhooks/lab"));

  /** One of each role, and one who may answer. */
  static final Configured STAFFED =
      OPEN.with("vera", Role.VIEWER).with("anna", Role.APPROVER, "sre").with("ada", Role.ADMIN);

  static String token(String name) {
    return "token-of-" + name + "-0123456789";
  }

  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "VERA", token("vera"),
          "ANNA", token("anna"),
          "ADA", token("ada"),
          "SHORTY", "short",
          "TWIN", token("vera"));

  Configured with(String name, Role role, String... groups) {
    Map<String, Person> more = new LinkedHashMap<>(people);
    more.put(
        name,
        new Person(
            role, List.of(groups), new SecretReference.Variable(name.toUpperCase(Locale.ROOT))));
    return new Configured(host, tls, more, approvers, webhooks);
  }

  Configured without(String name) {
    Map<String, Person> fewer = new LinkedHashMap<>(people);
    fewer.remove(name);
    return new Configured(host, tls, fewer, approvers, webhooks);
  }

  Configured on(String other, @Nullable Tls files) {
    return new Configured(other, files, people, approvers, webhooks);
  }

  Configured answeredBy(String... names) {
    return new Configured(host, tls, people, List.of(names), webhooks);
  }

  Configured hearing(String... paths) {
    return new Configured(host, tls, people, approvers, List.of(paths));
  }

  AgentConfiguration all() {
    Map<String, Source> sources = new LinkedHashMap<>();
    for (String path : webhooks) {
      sources.put(
          path, new Source(connection(path), path, Duration.ofMinutes(1), false, List.of(), null));
    }
    return new AgentConfiguration(
        "lab",
        true,
        new Listen(host, 0, tls),
        HttpSettings.STANDARD,
        new Access(people),
        new AgentConfiguration.Links(null, null),
        new AgentConfiguration.Store("state", null, null, null, Duration.ZERO),
        sources,
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        new Approvals("chat", Duration.ofMinutes(15), approvers),
        Map.of(),
        Map.of(),
        StormSettings.STANDARD,
        new AgentConfiguration.Concurrency(4, 2),
        new AgentConfiguration.Runbooks(
            List.of(), true, AgentConfiguration.Enable.NEWEST, Map.of()));
  }

  private static Connection connection(String name) {
    return new Connection(
        "source",
        "webhook",
        name,
        Span.START,
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }
}
