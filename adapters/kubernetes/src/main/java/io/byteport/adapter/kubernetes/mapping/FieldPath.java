package io.byteport.adapter.kubernetes.mapping;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in an object: names and positions, such as {@code .status.loadBalancer.ingress[0].ip}. A
 * name with dots in it is written in brackets: {@code .spec.selector['a.b/c']}.
 *
 * @param steps names (String) and positions (Integer)
 */
public record FieldPath(List<Object> steps) {
  private static final int LONGEST = 1_000;
  private static final Pattern STEP =
      Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\[([0-9]{1,6})\\]|\\['([^'\\]]+)'\\]");

  public FieldPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static FieldPath of(String text) {
    List<Object> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text.length() > LONGEST ? "" : text);
    int end = 0;
    while (step.find() && step.start() == end) {
      end = step.end();
      if (step.group(1) != null) {
        steps.add(step.group(1));
      } else if (step.group(2) != null) {
        steps.add(Integer.valueOf(step.group(2)));
      } else {
        steps.add(step.group(3));
      }
    }
    if (steps.isEmpty() || end != text.length()) {
      throw new IllegalArgumentException(
          "expected a path such as .status.phase or .spec.ports[0].port");
    }
    return new FieldPath(steps);
  }
}
