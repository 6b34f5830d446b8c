package io.byteport.engine.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why something is not known, in a sentence that says each reason once: where a whole cluster is
 * away, every fact is missing for the same one.
 */
public final class Causes {
  /** What a fact says that was not read for want of another. */
  private static final String NEEDS = "needs `";

  private static final Pattern NEEDED = Pattern.compile("^(?:needs `[^`]+`: )+");
  private static final Pattern WHERE = Pattern.compile(" \\([^()]*\\)$");

  private Causes() {}

  /** The reason of a fact that was not read because others are missing. */
  public static String needed(List<Cause> causes) {
    StringJoiner sentence = new StringJoiner("; ");
    grouped(causes)
        .values()
        .forEach(
            group ->
                sentence.add(
                    NEEDS + group.names.getFirst() + "`: " + root(group.reasons.getFirst())));
    return sentence.toString();
  }

  /** All of them: {@code 3 facts could not be read: connection refused (pod, logs, events)}. */
  public static String sentence(List<Cause> causes) {
    StringJoiner sentence = new StringJoiner("; ");
    grouped(causes).values().forEach(group -> sentence.add(group.sentence()));
    return sentence.toString();
  }

  /** The names by their reasons: {@code node, restarts, exitCode (connection refused)}. */
  public static String listed(List<Cause> causes) {
    StringJoiner list = new StringJoiner("; ");
    grouped(causes)
        .forEach((key, group) -> list.add(String.join(", ", group.names) + " (" + key + ")"));
    return list.toString();
  }

  /** What went wrong in the end, without where and for which other fact. */
  public static String root(String reason) {
    Matcher needed = NEEDED.matcher(reason);
    return needed.find() ? reason.substring(needed.end()) : reason;
  }

  private static String key(String reason) {
    return WHERE.matcher(root(reason)).replaceFirst("");
  }

  private static Map<String, Group> grouped(List<Cause> causes) {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Cause cause : causes) {
      Group group = groups.computeIfAbsent(key(cause.reason()), Group::new);
      if (!group.names.contains(cause.name())) {
        group.names.add(cause.name());
        group.reasons.add(cause.reason());
      }
    }
    return groups;
  }

  private static final class Group {
    private final String key;
    private final List<String> names = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    Group(String key) {
      this.key = key;
    }

    private static String plural(String key) {
      return key.startsWith("is ") ? " are " + key.substring(3) : " have " + key.substring(4);
    }

    String sentence() {
      if (names.size() == 1) {
        return names.getFirst() + ": " + reasons.getFirst();
      }
      boolean terms = key.startsWith("is ") || key.startsWith("has ");
      return terms
          ? String.join(", ", names) + plural(key)
          : names.size()
              + " facts could not be read: "
              + key
              + " ("
              + String.join(", ", names)
              + ")";
    }
  }
}
