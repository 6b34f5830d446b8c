package io.byteport.lsp.change;

import io.byteport.dsl.solve.Model;
import io.byteport.dsl.solve.Term;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Example facts as a test gives them: a tree of the paths that they have values for. */
final class FactTree {
  private static final Pattern PART =
      Pattern.compile("\\.?([A-Za-z_][A-Za-z0-9_]*)|\\[\"([^\"]*)\"]");

  private final Map<String, FactTree> below = new LinkedHashMap<>();
  private Optional<String> value = Optional.empty();

  /** What can be given of example facts; what is no path is left out. */
  static FactTree of(Model facts) {
    FactTree tree = new FactTree();
    for (Map.Entry<Term, Value> fact : facts.values().entrySet()) {
      List<String> path = path(fact.getKey().key());
      Optional<String> written = Written.value(fact.getValue());
      if (!path.isEmpty() && written.isPresent()) {
        tree.put(path, written.get());
      }
    }
    return tree;
  }

  /** The parts of a path; none where it is none. */
  private static List<String> path(String key) {
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(key);
    int at = 0;
    while (at < key.length() && part.region(at, key.length()).lookingAt()) {
      parts.add(part.group(1) == null ? part.group(2) : part.group(1));
      at = part.end();
    }
    return at == key.length() ? parts : List.of();
  }

  private void put(List<String> path, String written) {
    FactTree at = this;
    for (String part : path) {
      at.value = at == this ? at.value : Optional.empty();
      at = at.below.computeIfAbsent(part, any -> new FactTree());
    }
    if (at.below.isEmpty()) {
      at.value = Optional.of(written);
    }
  }

  /** What is below a name; empty where there is nothing. */
  FactTree at(String name) {
    return below.getOrDefault(name, new FactTree());
  }

  boolean isEmpty() {
    return below.isEmpty();
  }

  boolean has(String name) {
    return below.containsKey(name);
  }

  /** Only these names. */
  FactTree only(Set<String> names) {
    FactTree some = new FactTree();
    below.forEach(
        (name, tree) -> {
          if (names.contains(name)) {
            some.below.put(name, tree);
          }
        });
    return some;
  }

  /** As the lines of a map, at the left margin. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    below.forEach(
        (name, tree) -> {
          String key = Written.text(name);
          if (tree.below.isEmpty()) {
            lines.add(key + ": " + tree.value.orElse("null"));
          } else {
            lines.add(key + ":");
            tree.lines().forEach(line -> lines.add("  " + line));
          }
        });
    return lines;
  }
}
