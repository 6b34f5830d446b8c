package io.byteport.lsp.assist;

import java.util.List;

/** Looks at the keys that lead to a place; items of lists are {@code []}. Pure. */
record Paths(List<String> keys) {
  Paths {
    keys = List.copyOf(keys);
  }

  /** Whether the path ends so; a star stands for any one key. */
  boolean ends(String... tail) {
    return keys.size() >= tail.length && matches(keys.size() - tail.length, tail);
  }

  /** Whether the path is exactly this. */
  boolean is(String... whole) {
    return keys.size() == whole.length && matches(0, whole);
  }

  boolean starts(String... head) {
    return keys.size() >= head.length && matches(0, head);
  }

  private boolean matches(int from, String... wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals("*") && !wanted[i].equals(keys.get(from + i))) {
        return false;
      }
    }
    return true;
  }

  /** The key that many from the end; empty where there is none. */
  String back(int steps) {
    int index = keys.size() - 1 - steps;
    return index < 0 ? "" : keys.get(index);
  }

  int last(String key) {
    return keys.lastIndexOf(key);
  }

  List<String> after(int index) {
    return keys.subList(index + 1, keys.size());
  }
}
