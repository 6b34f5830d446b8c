package io.byteport.cli;

import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.ConnectionType.Credential;
import io.byteport.dsl.action.ConnectionType.Setting;

/** Writes what an entry of a type may say, for the reference. */
final class TypeTables {
  private TypeTables() {}

  /** Adds the settings and the credentials of a type. */
  static void add(StringBuilder page, ConnectionType type) {
    if (!type.settings().isEmpty()) {
      page.append("\n| setting | type | |\n|---|---|---|\n");
      type.settings().values().forEach(setting -> add(page, setting));
    }
    if (!type.credentials().isEmpty()) {
      page.append("\n| credential | | |\n|---|---|---|\n");
      type.credentials().values().forEach(credential -> add(page, credential));
    }
  }

  private static void add(StringBuilder page, Setting setting) {
    String kind =
        setting.refersTo() == null
            ? "`" + setting.type() + "`"
            : "the name of a `" + setting.refersTo() + "`";
    page.append("| `").append(setting.name()).append('`').append(setting.required() ? "!" : "");
    page.append(" | ").append(kind).append(" | ").append(setting.doc());
    if (setting.form() != null) {
      page.append("; as in `").append(setting.form().example()).append('`');
    }
    page.append(" |\n");
  }

  private static void add(StringBuilder page, Credential credential) {
    page.append("| `").append(credential.name()).append('`');
    page.append(credential.required() ? "!" : "").append(" | ");
    page.append(credential.plain() ? "as it is" : "by reference");
    page.append(" | ").append(credential.doc()).append(" |\n");
  }
}
