package io.byteport.dsl.connection;

import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.ConnectionType.Credential;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the credentials of one connection. What is found about them never repeats a value: it may
 * be the secret itself.
 */
public final class CredentialReader {
  private final Findings findings;
  private final ConnectionType type;

  /**
   * What was read.
   *
   * @param plain what is written out, such as the name of a user
   */
  public record Read(Map<String, String> plain, Map<String, SecretReference> secrets) {}

  /**
   * @param type whose credentials are read
   */
  public CredentialReader(Findings findings, ConnectionType type) {
    this.findings = findings;
    this.type = type;
  }

  /** Reads the field {@code credentials} of an entry. */
  public Read read(Entry section) {
    Map<String, String> plain = new LinkedHashMap<>();
    Map<String, SecretReference> secrets = new LinkedHashMap<>();
    if (!(section.value() instanceof YamlMapping mapping)) {
      findings.hide(section.value());
      findings.add(
          DiagnosticCode.SCHEMA_WRONG_TYPE,
          section.key().span(),
          "expected a map of credentials, found " + SecretReader.shape(section.value()),
          null);
      return new Read(plain, secrets);
    }
    findings.only(
        mapping,
        type.credentials().keySet(),
        "the credentials of a `" + type.name() + "`",
        type.settings().keySet(),
        "beside `credentials`");
    for (Entry entry : mapping.entries()) {
      Credential credential = type.credentials().get(entry.key().text());
      if (credential == null) {
        hideUnlessReference(entry.value());
        continue;
      }
      if (credential.plain() && !(entry.value() instanceof YamlMapping)) {
        String text = findings.text(entry);
        if (text != null) {
          plain.put(credential.name(), text);
        }
      } else {
        SecretReference reference = new SecretReader(findings).read(entry);
        if (reference != null) {
          secrets.put(credential.name(), reference);
        }
      }
    }
    return new Read(plain, secrets);
  }

  /** What stands under a name that does not exist may be a secret all the same. */
  private void hideUnlessReference(YamlNode value) {
    if (!(value instanceof YamlMapping place)
        || place.entries().stream().noneMatch(entry -> SecretReader.isPlace(entry.key().text()))) {
      findings.hide(value);
    }
  }
}
