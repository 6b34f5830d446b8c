package io.byteport.dsl.format;

import java.util.List;

/**
 * A scalar as it is to be written.
 *
 * @param first what stands beside its key; empty where nothing does
 * @param rest the lines below, indented from where the scalar's content begins; blank lines are
 *     empty
 * @param keeps whether blank lines after it would belong to it
 */
record Text(String first, List<String> rest, boolean keeps) {
  Text {
    rest = List.copyOf(rest);
  }

  static Text line(String text) {
    return new Text(text, List.of(), false);
  }

  boolean isOneLine() {
    return rest.isEmpty();
  }
}
