package io.byteport.dsl.agent;

import io.byteport.dsl.agent.AgentConfiguration.Access;
import io.byteport.dsl.agent.AgentConfiguration.Links;
import io.byteport.dsl.agent.AgentConfiguration.Listen;
import io.byteport.dsl.agent.AgentConfiguration.Person;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.dsl.agent.AgentConfiguration.Tls;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.connection.SecretReader;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads where an agent is spoken to, and by whom: {@code listen}, {@code tls}, {@code access}. */
final class ServingReader {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)\\]|([A-Za-z0-9][A-Za-z0-9._-]*)):([0-9]{1,5})");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|::1|0:0:0:0:0:0:0:1");
  private static final List<String> ROLES =
      Arrays.stream(Role.values()).map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
  private static final String HOST = "127.0.0.1";
  private static final int PORT = 8080;

  private final Findings findings;
  private final Fields document;

  ServingReader(Fields document) {
    this.findings = document.findings();
    this.document = document;
  }

  /** Whether only this machine reaches a host's name or address. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  Listen listen() {
    Tls tls = tls();
    YamlScalar written = document.scalar("listen");
    if (written == null) {
      return new Listen(HOST, PORT, tls);
    }
    Matcher address = ADDRESS.matcher(written.text());
    if (!address.matches() || Integer.parseInt(address.group(3)) > 65_535) {
      findings.add(
          DiagnosticCode.SCHEMA_BAD_FORMAT,
          written.span(),
          "expected a host and a port, found `" + written.text() + "`",
          "write `127.0.0.1:8080` for this machine alone, `0.0.0.0:8080` or `[::]:8080` for all");
      return new Listen(HOST, PORT, tls);
    }
    String host = address.group(1) == null ? address.group(2) : address.group(1);
    return new Listen(host, Integer.parseInt(address.group(3)), tls);
  }

  private @Nullable Tls tls() {
    Fields fields = document.fields("tls", "a map with `certificate` and `key`");
    if (fields == null) {
      return null;
    }
    fields.only(List.of("certificate", "key"), "`tls`");
    for (String required : List.of("certificate", "key")) {
      if (!fields.has(required)) {
        fields.missing(required, "`tls`", "name the file in PEM");
      }
    }
    String certificate = fields.text("certificate");
    String key = fields.text("key");
    return certificate == null || key == null ? null : new Tls(certificate, key);
  }

  /** Who may enter; beyond this machine somebody must be named. */
  Access access(Listen listen) {
    Map<String, Person> people = new LinkedHashMap<>();
    Fields access = document.fields("access", "a map with `people`");
    if (access != null) {
      access.only(List.of("people"), "`access`");
      Fields named = access.fields("people", "a map of people by their names");
      if (named != null) {
        named.map().entries().forEach(entry -> person(entry, people));
      }
    }
    boolean anybody =
        access != null && access.entry("people").map(ServingReader::isFilled).orElse(false);
    if (!isLoopback(listen.host()) && !anybody) {
      YamlScalar written = document.scalar("listen");
      findings.add(
          DiagnosticCode.AGENT_EXPOSED,
          written == null ? document.name().span() : written.span(),
          "expected somebody under `access` where not only this machine is listened to, found"
              + " nobody",
          "name who may look and act, each with a `token`, or listen at `127.0.0.1`");
    }
    return new Access(people);
  }

  private static boolean isFilled(Entry people) {
    return people.value() instanceof YamlMapping map && !map.entries().isEmpty();
  }

  private void person(Entry entry, Map<String, Person> people) {
    Fields fields = Fields.of(findings, entry, "a map with `role` and `token`");
    if (!Names.isSound(findings, entry.key(), "a person") || fields == null) {
      return;
    }
    fields.only(List.of("role", "groups", "token"), "a person");
    String role = fields.word("role", ROLES, ROLES.getFirst());
    List<String> groups = fields.texts("groups").stream().map(YamlScalar::text).toList();
    if (!fields.has("token")) {
      fields.missing(
          "token",
          "`" + entry.key().text() + "`",
          "say where the secret is kept that proves who it is: `{ env: NAME }`");
    }
    SecretReference token =
        fields.entry("token").map(one -> new SecretReader(findings).read(one)).orElse(null);
    if (token != null) {
      people.put(
          entry.key().text(),
          new Person(Role.valueOf(role.toUpperCase(Locale.ROOT)), groups, token));
    }
  }

  Links links() {
    Fields fields = document.fields("links", "a map with `console` and `runbooks`");
    if (fields == null) {
      return new Links(null, null);
    }
    fields.only(List.of("console", "runbooks"), "`links`");
    return new Links(link(fields, "console"), link(fields, "runbooks"));
  }

  private @Nullable String link(Fields fields, String field) {
    YamlScalar written = fields.scalar(field);
    if (written == null) {
      return null;
    }
    if (isLink(written.text())) {
      return written.text().replaceAll("/+$", "");
    }
    boolean secret = written.text().contains("@");
    if (secret) {
      findings.hide(written);
    }
    findings.add(
        DiagnosticCode.SCHEMA_BAD_FORMAT,
        written.span(),
        "expected the address of a page, found "
            + (secret ? "one with a user in it" : "`" + written.text() + "`"),
        "write it as `https://byteport.example.com`");
    return null;
  }

  private static boolean isLink(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && List.of("http", "https").contains(uri.getScheme());
    } catch (URISyntaxException none) {
      return false;
    }
  }
}
