package io.byteport.dsl.edit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line of a place as it may be meant, with a mark at the place.
 *
 * @param line the line with the mark
 * @param lead what was put in before the mark
 * @param raw the value as it is written where the mark stands for all of it; null where the mark
 *     only stands in it
 */
record Variant(String line, String lead, @Nullable String raw) {
  /** Stands at the place, and nowhere in any text. */
  static final String MARK = "zZcursorZz";

  private static final Pattern HEAD =
      Pattern.compile("\\s*(?:- +)*(?:(?:[\\w.$*/-]+|\"[^\"]*\"|'[^']*'):\\s+)?");
  private static final Pattern BARE = Pattern.compile("\\s*(?:- +)*[\\w.\"'-]*");

  private static final Pattern IN_FLOW = Pattern.compile("[{,]\\s*[\\w.-]*$");

  static List<Variant> of(Surrounding around) {
    String before = around.before();
    String after = around.after();
    List<Variant> variants = new ArrayList<>();
    if (before.endsWith(":") && (after.isBlank() || after.startsWith(" #"))) {
      variants.add(new Variant(before + " " + MARK + after, " ", null));
    }
    if (before.matches("\\s*(- +)*-") && after.isBlank()) {
      variants.add(new Variant(before + " " + MARK + after, " ", null));
    }
    if (isKeyInFlow(before)) {
      String rest = separated(after);
      variants.add(new Variant(before + MARK + ": 0" + rest, "", null));
      variants.add(new Variant(before + MARK + ": 0" + rest + closers(before + rest), "", null));
    }
    variants.add(new Variant(before + MARK + after, "", null));
    if (BARE.matcher(before).matches()) {
      variants.add(new Variant(before + MARK + colon(after), "", null));
    }
    String closers = closers(before + after);
    if (!closers.isEmpty()) {
      variants.add(new Variant(before + MARK + after + closers, "", null));
      variants.add(new Variant(before + MARK + ": 0" + closers, "", null));
      variants.add(new Variant(before + MARK + closers(before), "", null));
    }
    Matcher head = HEAD.matcher(before);
    if (head.lookingAt() && !head.group().isBlank()) {
      String raw = before.substring(head.end()) + MARK + after;
      variants.add(new Variant(head.group() + MARK, "", raw));
    }
    return variants;
  }

  /** Whether a key of a map in braces is being typed, rather than an argument of a call. */
  private static boolean isKeyInFlow(String before) {
    String open = closers(before);
    String inside = before.substring(before.lastIndexOf('{') + 1);
    long calls = inside.chars().filter(c -> c == '(').count();
    boolean call = calls > inside.chars().filter(c -> c == ')').count();
    return open.startsWith("}") && !call && IN_FLOW.matcher(before).find();
  }

  /** What follows in a flow map, where a value was put before it. */
  private static String separated(String after) {
    String rest = after.replaceFirst("^[\\w.-]*", "");
    return rest.isBlank() || rest.stripLeading().matches("[,}\\]].*") ? rest : ", " + rest;
  }

  /** A colon after the word, before whatever else stands there. */
  private static String colon(String after) {
    Matcher word = Pattern.compile("[\\w.\"'-]*").matcher(after);
    int end = word.lookingAt() ? word.end() : 0;
    String rest = after.substring(end);
    return after.substring(0, end) + (rest.stripLeading().startsWith(":") ? rest : ":" + rest);
  }

  /** What closes the quotes and brackets that a line opens. */
  private static String closers(String line) {
    Deque<Character> open = new ArrayDeque<>();
    char quote = 0;
    boolean start = true;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
        continue;
      }
      if ((c == '"' || c == '\'') && start) {
        quote = c;
      } else if ((c == '{' || c == '[') && start) {
        open.push(c == '{' ? '}' : ']');
        continue;
      } else if (!open.isEmpty() && c == open.peek()) {
        open.pop();
      }
      boolean separates = c == ':' || c == ',' || c == '-';
      start = c == ' ' ? start : separates && (!open.isEmpty() || c != ',');
    }
    StringBuilder closers = new StringBuilder(quote == 0 ? "" : String.valueOf(quote));
    open.forEach(closers::append);
    return closers.toString();
  }
}
