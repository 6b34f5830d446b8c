package io.byteport.dsl.include;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The names that a runbook has of libraries, as far as it names them. Used by one thread. */
public final class Lent {
  private final Map<Section, Set<String>> names = new EnumMap<>(Section.class);

  void add(Section section, Set<String> more) {
    names.computeIfAbsent(section, any -> new LinkedHashSet<>()).addAll(more);
  }

  private boolean has(Section section, String name) {
    return names.getOrDefault(section, Set.of()).contains(name);
  }

  public boolean param(String name) {
    return has(Section.PARAMS, name);
  }

  public boolean input(String name) {
    return has(Section.INPUTS, name);
  }

  public boolean fact(String name) {
    return has(Section.DIAGNOSE, name);
  }

  public boolean block(String name) {
    return has(Section.BLOCKS, name);
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }
}
