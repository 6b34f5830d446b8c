package io.byteport.adapter.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes texts fit, and says how much is missing. Lengths are in UTF-16 units. Pure. */
public final class Cut {
  private Cut() {}

  /** Some of a list, and how many of it are left out. */
  public record Part(List<String> items, int left) {
    public Part {
      items = List.copyOf(items);
    }

    public boolean isWhole() {
      return left == 0;
    }
  }

  /** At most so long; a longer one ends with {@code … 123 more characters}. */
  public static String text(String text, int limit) {
    return text(text, limit, UnaryOperator.identity());
  }

  /**
   * At most so long once it is written as a format wants it; escapes are never cut in two.
   *
   * @param written how the format writes a text; each character on its own
   */
  public static String text(String text, int limit, UnaryOperator<String> written) {
    String whole = written.apply(text);
    if (whole.length() <= limit) {
      return whole;
    }
    String longest = more(text.length(), "characters");
    int keep = fitting(text, limit - longest.length() - 1, written);
    int left = text.codePointCount(keep, text.length());
    String said = more(left, "characters");
    String kept = written.apply(text.substring(0, keep).stripTrailing());
    return kept.isEmpty() ? line(said, limit) : kept + " " + said;
  }

  /** At most so long on one line, with an ellipsis at the end of a longer one. */
  public static String line(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int keep = boundary(text, Math.max(0, limit - 1));
    return text.substring(0, keep).stripTrailing() + "…";
  }

  /**
   * As many as fit, each with a line end; the first is cut rather than left out.
   *
   * @param written how the format writes one of them
   */
  public static Part lines(List<String> texts, int limit, UnaryOperator<String> written) {
    List<String> items = new ArrayList<>();
    int room = limit;
    for (String text : texts) {
      String item = written.apply(text);
      if (item.length() + 1 > room) {
        if (items.isEmpty() && room > 40) {
          items.add(text(text, room - 1, written));
        }
        break;
      }
      items.add(item);
      room -= item.length() + 1;
    }
    return new Part(items, texts.size() - items.size());
  }

  /** {@code … 3 more steps}. */
  public static String more(int left, String what) {
    return "… " + left + " more " + what;
  }

  /** The longest beginning that fits. */
  private static int fitting(String text, int limit, UnaryOperator<String> written) {
    int low = 0;
    int high = Math.min(text.length(), Math.max(0, limit));
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (written.apply(text.substring(0, boundary(text, middle))).length() <= limit) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return boundary(text, low);
  }

  /** Not between the halves of one character. */
  private static int boundary(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }
}
