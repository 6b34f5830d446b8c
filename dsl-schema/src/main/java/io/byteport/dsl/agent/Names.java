package io.byteport.dsl.agent;

import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;

/** How what is configured may be called: names stand in paths, metrics and the journal. */
final class Names {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.@-]{0,99}";

  private Names() {}

  /**
   * Whether it may be called so; else there is a finding.
   *
   * @param of with its article: {@code a source}
   */
  static boolean isSound(Findings findings, YamlScalar name, String of) {
    boolean sound = name.text().matches(NAME);
    if (!sound) {
      findings.add(
          DiagnosticCode.SCHEMA_BAD_FORMAT,
          name.span(),
          "expected the name of " + of + ", found `" + name.text() + "`",
          "use letters, digits, `_`, `-` and `.`, at most 100 of them");
    }
    return sound;
  }
}
