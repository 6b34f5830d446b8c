package io.byteport.dsl.workspace;

import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.source.SourceFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file of ours holds, told by the word after {@code kind:}, without reading the YAML. */
public enum FileKind {
  RUNBOOK,
  LIBRARY,
  TEST,
  SETTINGS,
  CONNECTIONS,
  AGENT;

  private static final String GROUP = "byteport.io/";
  private static final String API_VERSION = "[\"']?apiVersion[\"']?\\s*:\\s*[\"']?byteport\\.io/";
  private static final String KIND = "[\"']?kind[\"']?\\s*:\\s*[\"']?(\\w+)";

  /** Of a document in braces, as JSON has them. */
  private static final String IN_BRACES = "[{,]\\s*";

  /** The kind of a text; that of a runbook where it says none that is known. */
  public static FileKind of(SourceFile text) {
    Matcher kind = topLevel(text, KIND);
    return switch (kind.find() ? kind.group(1) : "") {
      case "RunbookTest" -> TEST;
      case "Library" -> LIBRARY;
      case "Settings" -> SETTINGS;
      case ConnectionLoader.KIND -> CONNECTIONS;
      case AgentLoader.KIND -> AGENT;
      default -> RUNBOOK;
    };
  }

  /** Whether a text is one of ours, going by its {@code apiVersion}. */
  public static boolean isOurs(SourceFile text) {
    return text.text().contains(GROUP) && topLevel(text, API_VERSION).find();
  }

  private static Matcher topLevel(SourceFile text, String key) {
    boolean inBraces = text.text().stripLeading().startsWith("{");
    return Pattern.compile((inBraces ? IN_BRACES : "(?m)^") + key).matcher(text.text());
  }
}
