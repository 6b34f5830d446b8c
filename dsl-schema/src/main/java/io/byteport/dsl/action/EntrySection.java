package io.byteport.dsl.action;

import java.util.List;

/** A section of an agent's configuration whose entries have types that catalogues declare. */
public enum EntrySection {
  /** What may be reached. */
  CONNECTIONS("connections", List.of("type", "aliases", "labels", "annotations", "credentials")),

  /** Where signals come from. */
  SOURCES(
      "sources",
      List.of(
          "type",
          "webhook",
          "every",
          "emitResolved",
          "rules",
          "items",
          "drop",
          "map",
          "credentials")),

  /** Whom the agent tells. */
  CHANNELS(
      "channels", List.of("type", "minSeverity", "mentionOnCritical", "templates", "credentials"));

  /** What a channel can be to runbooks. */
  public static final List<String> CHANNEL_KINDS = List.of("mail", "chat", "page", "issue", "room");

  /** The kind of every entry of {@link #SOURCES}. */
  public static final String SOURCE_KIND = "source";

  private final String key;
  private final List<String> fields;

  EntrySection(String key, List<String> fields) {
    this.key = key;
    this.fields = fields;
  }

  /** What the section is called, in catalogues and in configuration. */
  public String key() {
    return key;
  }

  /** What an entry of any type may have beside its settings. */
  public List<String> fields() {
    return fields;
  }
}
