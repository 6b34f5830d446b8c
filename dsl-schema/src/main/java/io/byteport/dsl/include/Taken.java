package io.byteport.dsl.include;

import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A library that is included, by one or several files. */
final class Taken {
  private final LibraryText text;
  private final Origin at;
  private final Set<SourceFile> within;
  private final Map<String, Except> except = new LinkedHashMap<>();

  /** A name that is not taken from it, where that is said. */
  record Except(SourceFile file, YamlScalar name) {}

  /**
   * @param at where it was included first
   * @param within the libraries that it includes, directly or through others
   */
  Taken(LibraryText text, Origin at, Set<SourceFile> within) {
    this.text = text;
    this.at = at;
    this.within = new LinkedHashSet<>(within);
  }

  LibraryText text() {
    return text;
  }

  SourceFile file() {
    return text.file();
  }

  String id() {
    return text.id();
  }

  Origin at() {
    return at;
  }

  Set<SourceFile> within() {
    return within;
  }

  void leaveOut(Except name) {
    except.putIfAbsent(name.name().text(), name);
  }

  Map<String, Except> except() {
    return except;
  }
}
