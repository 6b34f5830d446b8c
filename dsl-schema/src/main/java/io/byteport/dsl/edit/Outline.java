package io.byteport.dsl.edit;

import io.byteport.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What others need to know of a runbook or a library to refer to it, told from its lines alone, so
 * that thousands can be looked through.
 *
 * @param id as its metadata say; empty where they do not
 * @param title as its metadata say
 * @param signals what its detectors are about, by their names and their other names
 * @param names the entries of its other sections, by section
 */
public record Outline(
    String id, String title, Map<String, String> signals, Map<String, List<String>> names) {
  private static final Pattern LINE =
      Pattern.compile("( *)([A-Za-z_][\\w.-]*|\"[^\"]+\")\\s*:(?:\\s+(.*))?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][\\w.-]*");

  public Outline {
    signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  /** Of a text in block style; of any other nothing is known. */
  public static Outline of(SourceFile file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, String> signals = new LinkedHashMap<>();
    Map<String, List<String>> names = new LinkedHashMap<>();
    String section = "";
    String entry = "";
    int indent = 0;
    for (int i = 0; i < file.lineCount(); i++) {
      Matcher line = LINE.matcher(file.line(i));
      if (!line.matches()) {
        continue;
      }
      int depth = line.group(1).length();
      String key = unquoted(line.group(2));
      String value = line.group(3) == null ? "" : unquoted(line.group(3).strip());
      if (depth == 0) {
        section = key;
        indent = 0;
      } else if (indent == 0 || depth == indent) {
        indent = depth;
        entry = key;
        if (section.equals("metadata")) {
          metadata.put(key, value);
        } else {
          names.computeIfAbsent(section, any -> new ArrayList<>()).add(key);
        }
        if (section.equals("detectors")) {
          signals.put(key, "");
        }
      } else if (section.equals("detectors") && key.equals("doc")) {
        signals.put(entry, value);
      } else if (section.equals("detectors") && key.equals("aliases")) {
        Matcher word = WORD.matcher(value);
        while (word.find()) {
          signals.put(word.group(), "another name of " + entry);
        }
      }
    }
    return new Outline(
        metadata.getOrDefault("id", ""), metadata.getOrDefault("title", ""), signals, names);
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.startsWith("\"") || text.startsWith("'"))
            && text.endsWith(text.substring(0, 1));
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
