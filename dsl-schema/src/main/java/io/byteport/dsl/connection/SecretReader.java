package io.byteport.dsl.connection;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads where one secret is kept. What is found never repeats a value: it may be the secret itself.
 */
public final class SecretReader {
  private static final List<String> PLACES = List.of("env", "file", "kubernetes");
  private static final List<String> IN_CLUSTER = List.of("secret", "key", "namespace", "cluster");

  private final Findings findings;

  public SecretReader(Findings findings) {
    this.findings = findings;
  }

  /** Whether a word says where a secret is kept. */
  static boolean isPlace(String word) {
    return PLACES.contains(word);
  }

  /** Null and a finding where it is no reference to a secret. */
  public @Nullable SecretReference read(Entry entry) {
    if (entry.value() instanceof YamlMapping place) {
      return reference(entry.key(), place);
    }
    plainSecret(entry);
    return null;
  }

  private void plainSecret(Entry entry) {
    findings.hide(entry.value());
    String name = entry.key().text();
    boolean written = Findings.isText(entry.value());
    findings.add(
        written ? DiagnosticCode.CONNECTION_PLAIN_SECRET : DiagnosticCode.SCHEMA_WRONG_TYPE,
        written ? entry.value().span() : entry.key().span(),
        "expected a reference to the secret `" + name + "`, found " + shape(entry.value()),
        "write `{ env: NAME }`, `{ file: PATH }` or `{ kubernetes: { secret: NAME, key: KEY } }`"
            + (written ? ", and replace the secret: it stood in a file" : ""));
  }

  static String shape(YamlNode node) {
    return Findings.isText(node)
        ? "the value itself"
        : node instanceof YamlScalar ? "nothing" : "a list";
  }

  private @Nullable SecretReference reference(YamlScalar name, YamlMapping place) {
    place.entries().stream()
        .filter(entry -> !PLACES.contains(entry.key().text()))
        .forEach(entry -> findings.hide(entry.value()));
    findings.only(place, PLACES, "a reference to a secret");
    List<Entry> known =
        place.entries().stream().filter(entry -> PLACES.contains(entry.key().text())).toList();
    if (known.size() != 1) {
      if (place.entries().size() == known.size()) {
        findings.add(
            DiagnosticCode.SCHEMA_EXCLUSIVE,
            name.span(),
            "expected exactly one of `env`, `file` and `kubernetes` for `"
                + name.text()
                + "`, found "
                + (known.isEmpty() ? "none" : "several"),
            "say in which one place the secret is kept");
      }
      return null;
    }
    Entry one = known.getFirst();
    return switch (one.key().text()) {
      case "env" -> variable(one);
      case "file" ->
          Optional.ofNullable(findings.text(one)).map(SecretReference.InFile::new).orElse(null);
      default -> inCluster(one);
    };
  }

  private @Nullable SecretReference variable(Entry entry) {
    String name = findings.text(entry);
    if (name != null && !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      findings.hide(entry.value());
      findings.add(
          DiagnosticCode.SCHEMA_BAD_FORMAT,
          entry.value().span(),
          "expected the name of an environment variable, found a text that is none",
          "use letters, digits and `_` only; the value itself does not belong here");
      return null;
    }
    return name == null ? null : new SecretReference.Variable(name);
  }

  private @Nullable SecretReference inCluster(Entry entry) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (!(entry.value() instanceof YamlMapping mapping)) {
      findings.hide(entry.value());
      findings.add(
          DiagnosticCode.SCHEMA_WRONG_TYPE,
          entry.key().span(),
          "expected a map with `secret` and `key` for `kubernetes`, found " + shape(entry.value()),
          null);
      return null;
    }
    findings.only(mapping, IN_CLUSTER, "`kubernetes`");
    for (Entry field : mapping.entries()) {
      String text = findings.text(field);
      if (text != null) {
        texts.put(field.key().text(), text);
      }
    }
    for (String required : List.of("secret", "key")) {
      if (mapping.get(required).isEmpty()) {
        findings.add(
            DiagnosticCode.SCHEMA_MISSING_FIELD,
            entry.key().span(),
            "expected `" + required + "` in `kubernetes`, found none",
            "say which secret it is, and which of its keys");
      }
    }
    String secret = texts.get("secret");
    String key = texts.get("key");
    return secret == null || key == null
        ? null
        : new SecretReference.InCluster(secret, key, texts.get("namespace"), texts.get("cluster"));
  }
}
