package io.byteport.dsl.agent;

import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.ConnectionType.Credential;
import io.byteport.dsl.agent.AgentConfiguration.Store;
import io.byteport.dsl.connection.CredentialReader;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where state is kept: {@code store}. */
final class StoreReader {
  private static final String FOLDER = "byteport-state";
  private static final String ADDRESS =
      "(?:\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9_][A-Za-z0-9._-]*)(?::[0-9]{1,5})?/[^/?#@\\s]+";
  private static final ConnectionType TYPE =
      new ConnectionType(
          "store",
          "store",
          null,
          Map.of(),
          Map.of(
              "username", new Credential("username", true, true, null),
              "password", new Credential("password", false, false, null)),
          Map.of(),
          null);

  private final Findings findings;
  private final Fields document;

  StoreReader(Fields document) {
    this.findings = document.findings();
    this.document = document;
  }

  Store store() {
    Fields fields = document.fields("store", "a map with `folder` or `address`");
    if (fields == null) {
      return new Store(FOLDER, null, null, null, Duration.ZERO);
    }
    fields.only(List.of("folder", "address", "credentials", "retention"), "`store`");
    Duration retention = fields.duration("retention", Duration.ZERO, Duration.ZERO);
    if (!fields.has("address")) {
      fields.entry("credentials").ifPresent(this::idle);
      String folder = fields.text("folder");
      return new Store(folder == null ? FOLDER : folder, null, null, null, retention);
    }
    if (fields.has("folder")) {
      findings.add(
          DiagnosticCode.SCHEMA_EXCLUSIVE,
          fields.name().span(),
          "expected exactly one of `folder` and `address`, found both",
          "state is kept in a folder of this machine, or in a PostgreSQL that several agents"
              + " share");
    }
    CredentialReader.Read credentials =
        fields
            .entry("credentials")
            .map(entry -> new CredentialReader(findings, TYPE).read(entry))
            .orElse(new CredentialReader.Read(Map.of(), Map.of()));
    if (fields.entry("credentials").map(StoreReader::lacksUser).orElse(true)) {
      fields.missing("username", "`credentials` of `store`", "say who enters the database");
    } else if (credentials.secrets().containsKey("username")) {
      findings.add(
          DiagnosticCode.SCHEMA_WRONG_TYPE,
          fields.name().span(),
          "expected the name of the user itself for `username`, found a reference",
          "a name is no secret: write it out");
    }
    return new Store(
        null,
        address(fields),
        credentials.plain().get("username"),
        credentials.secrets().get("password"),
        retention);
  }

  private static boolean lacksUser(Entry credentials) {
    return credentials.value() instanceof YamlMapping map && map.get("username").isEmpty();
  }

  private void idle(Entry credentials) {
    findings.hide(credentials.value());
    findings.add(
        DiagnosticCode.SCHEMA_MISSING_FIELD,
        credentials.key().span(),
        "expected `address` beside `credentials`, found none",
        "a folder needs no credentials; for a PostgreSQL add its `address`");
  }

  private @Nullable String address(Fields fields) {
    YamlScalar written = fields.scalar("address");
    if (written == null || written.text().matches(ADDRESS)) {
      return written == null ? null : written.text();
    }
    boolean secret = written.text().contains("@");
    if (secret) {
      findings.hide(written);
    }
    findings.add(
        DiagnosticCode.SCHEMA_BAD_FORMAT,
        written.span(),
        "expected `address` to be written like `db-01:5432/byteport`, found "
            + (secret ? "one with a user in it" : "`" + written.text() + "`"),
        secret ? "who enters stands under `credentials`" : "the host, its port, and the database");
    return null;
  }
}
