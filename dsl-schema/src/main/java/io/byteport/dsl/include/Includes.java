package io.byteport.dsl.include;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows {@code include} from file to file. Used by one thread. */
final class Includes {
  static final String KEY = "include";
  private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  private final Libraries libraries;
  private final Shelf shelf;
  private final Map<SourceFile, Taken> taken = new LinkedHashMap<>();
  private final Map<SourceFile, Map<String, Taken>> direct = new LinkedHashMap<>();
  private final Set<SourceFile> lacking = new LinkedHashSet<>();
  private final List<Diagnostic> findings = new ArrayList<>();

  Includes(Libraries libraries, Shelf shelf) {
    this.libraries = libraries;
    this.shelf = shelf;
  }

  /** Every library, each after those that it includes itself. */
  Collection<Taken> taken() {
    return taken.values();
  }

  /** The libraries that a file names itself, by id. */
  Map<String, Taken> direct(SourceFile file) {
    return direct.getOrDefault(file, Map.of());
  }

  /** Whether a library is not there that a file names. */
  boolean isLacking(SourceFile file) {
    return lacking.contains(file);
  }

  /** Whether a library is not there that some file names. */
  boolean isLacking() {
    return !lacking.isEmpty();
  }

  List<Diagnostic> findings() {
    return findings;
  }

  /** Collects what a runbook, or a library that is looked at by itself, includes. */
  void collect(SourceFile file, YamlMapping root) {
    collect(file, root, List.of(file));
  }

  private Set<SourceFile> collect(SourceFile from, YamlMapping root, List<SourceFile> path) {
    Set<SourceFile> within = new LinkedHashSet<>();
    if (!(root.get(KEY).orElse(null) instanceof YamlSequence list)) {
      return within;
    }
    for (YamlNode item : list.items()) {
      YamlScalar name = name(item);
      Taken found = name == null ? null : one(from, name, path);
      if (name == null || found == null) {
        lacking.add(from);
      } else {
        direct.computeIfAbsent(from, any -> new LinkedHashMap<>()).put(name.text(), found);
        except(item).forEach(one -> found.leaveOut(new Taken.Except(from, one)));
        within.add(found.file());
        within.addAll(found.within());
      }
    }
    return within;
  }

  private static @Nullable YamlScalar name(YamlNode item) {
    YamlNode name = item instanceof YamlMapping map ? map.get("library").orElse(null) : item;
    return name instanceof YamlScalar scalar && !scalar.value().isNull() ? scalar : null;
  }

  private static List<YamlScalar> except(YamlNode item) {
    return item instanceof YamlMapping map
            && map.get("except").orElse(null) instanceof YamlSequence names
        ? names.items().stream()
            .filter(YamlScalar.class::isInstance)
            .map(YamlScalar.class::cast)
            .toList()
        : List.of();
  }

  private @Nullable Taken one(SourceFile from, YamlScalar name, List<SourceFile> path) {
    if (!ID.matcher(name.text()).matches()) {
      return null; // which the schema says
    }
    Optional<Checked<SourceFile>> found = libraries.find(from, name.text());
    if (found.isEmpty()) {
      unknown(from, name);
      return null;
    }
    SourceFile file = found.get().valueOrNull();
    if (file == null) {
      findings.addAll(found.get().diagnostics());
      unusable(from, name, "a file that can be read, found one that cannot");
      return null;
    }
    if (path.contains(file)) {
      circle(from, name, path.subList(path.indexOf(file), path.size()));
      return null;
    }
    Taken known = taken.get(file);
    if (known != null) {
      return known;
    }
    LibraryText text = shelf.get(file);
    Origin at = new Origin(from, name.span());
    if (!text.isReadable()) {
      unreadable(from, name, text);
      return null;
    }
    List<SourceFile> further = new ArrayList<>(path);
    further.add(file);
    Taken fresh = new Taken(text, at, collect(file, root(text), further));
    taken.put(file, fresh);
    return fresh;
  }

  private static YamlMapping root(LibraryText text) {
    YamlMapping root = text.root();
    if (root == null) {
      throw new IllegalStateException("a library without a text was readable");
    }
    return root;
  }

  private void unknown(SourceFile from, YamlScalar name) {
    Collection<String> known = libraries.known(from);
    Diagnostic unknown =
        Diagnostic.of(
            DiagnosticCode.INCLUDE_UNKNOWN,
            from,
            name.span(),
            "expected the id of a library, found `" + name.text() + "`",
            Suggestions.nearest(name.text(), known)
                .map(near -> "did you mean `" + near + "`?")
                .orElse(
                    "a library `x` is the file `x"
                        + Libraries.SUFFIX
                        + "` beside the one that includes it or in a folder above, or comes with"
                        + " BytePort"));
    findings.add(
        Suggestions.nearest(name.text(), known)
            .map(near -> unknown.withFix(new Fix("write `" + near + "`", name.span(), near, false)))
            .orElse(unknown));
  }

  private void unusable(SourceFile from, YamlScalar name, String expected) {
    findings.add(
        Diagnostic.of(
            DiagnosticCode.INCLUDE_UNUSABLE,
            from,
            name.span(),
            "expected " + expected,
            "repair the library `" + name.text() + "`, or do not include it"));
  }

  private void unreadable(SourceFile from, YamlScalar name, LibraryText text) {
    List<Diagnostic> errors = text.findings().stream().filter(Diagnostic::isError).toList();
    if (!errors.isEmpty()) {
      errors.forEach(
          error ->
              findings.add(
                  error.withRelated(
                      new Related(from, name.span(), "`" + name.text() + "` is included here"))));
      return;
    }
    unusable(
        from,
        name,
        "a file with `kind: " + DocumentKind.LIBRARY.word() + "`, found another kind of file");
  }

  private void circle(SourceFile from, YamlScalar name, List<SourceFile> circle) {
    String way =
        Stream.concat(
                circle.stream().map(file -> "`" + shelf.get(file).id() + "`"),
                Stream.of("`" + name.text() + "`"))
            .collect(Collectors.joining(" includes "));
    findings.add(
        Diagnostic.of(
            DiagnosticCode.INCLUDE_CYCLE,
            from,
            name.span(),
            "expected libraries that do not include each other in a circle, found that " + way,
            "move what both need into a library of its own, which includes neither"));
  }
}
