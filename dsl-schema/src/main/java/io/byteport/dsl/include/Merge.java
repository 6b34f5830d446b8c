package io.byteport.dsl.include;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Sources;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.Moved;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the entries of libraries where a file says that they belong. Used by one thread. */
final class Merge {
  private final Includes includes;
  private final Sources sources;
  private final List<Diagnostic> findings;
  private final Map<SourceFile, YamlMapping> roots = new LinkedHashMap<>();

  /**
   * @param sources all texts, in which every span of what is merged is told
   * @param findings where it leaves what is wrong
   */
  Merge(Includes includes, Sources sources, List<Diagnostic> findings) {
    this.includes = includes;
    this.sources = sources;
    this.findings = findings;
    for (Taken one : includes.taken()) {
      YamlMapping root =
          Moved.by(Objects.requireNonNull(one.text().root()), sources.start(one.file()));
      YamlMapping own = left(one, filled(one.file(), root));
      roots.put(one.file(), own);
      clashes(one, own);
    }
  }

  /** A file with its entries that are those of a library filled in; they keep their keys. */
  YamlMapping filled(SourceFile file, YamlMapping root) {
    List<Entry> sections = new ArrayList<>();
    for (Entry entry : root.entries()) {
      Section section = Section.ofKey(entry.key().text()).orElse(null);
      if (section == null || !(entry.value() instanceof YamlMapping map)) {
        sections.add(entry);
      } else if (section.isWhole()) {
        whole(file, section, map).ifPresent(filled -> sections.add(new Entry(entry.key(), filled)));
      } else {
        sections.add(new Entry(entry.key(), entries(file, List.of(section.key()), section, map)));
      }
    }
    return new YamlMapping(sections, root.flow(), root.span());
  }

  private Optional<YamlMapping> whole(SourceFile file, Section section, YamlMapping own) {
    YamlMapping map = section == Section.VERIFY ? verification(file, own) : own;
    YamlScalar name = named(map);
    if (name == null) {
      return Optional.of(map);
    }
    Taken library = library(file, name);
    if (library == null) {
      return Optional.empty();
    }
    YamlNode lent = root(library).get(section.key()).orElse(null);
    if (lent instanceof YamlMapping base) {
      return Optional.of(laidOver(base, map, true));
    }
    nothing(name.span(), "a library with `" + section.key() + "`", name.text(), Set.of());
    return Optional.empty();
  }

  /** The entries of {@code read} and {@code expect} may be a library's, too. */
  private YamlMapping verification(SourceFile file, YamlMapping own) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : own.entries()) {
      boolean named = entry.key().text().equals("read") || entry.key().text().equals("expect");
      entries.add(
          named && entry.value() instanceof YamlMapping map
              ? new Entry(
                  entry.key(),
                  entries(
                      file, List.of(Section.VERIFY.key(), entry.key().text()), Section.VERIFY, map))
              : entry);
    }
    return new YamlMapping(entries, own.flow(), own.span());
  }

  private YamlMapping entries(
      SourceFile file, List<String> path, Section section, YamlMapping own) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : own.entries()) {
      if (entry.value() instanceof YamlMapping map && named(map) != null) {
        one(file, path, section, entry.key(), map).ifPresent(entries::add);
      } else {
        entries.add(entry);
      }
    }
    return new YamlMapping(entries, own.flow(), own.span());
  }

  private Optional<Entry> one(
      SourceFile file, List<String> path, Section section, YamlScalar key, YamlMapping own) {
    YamlScalar name = Objects.requireNonNull(named(own));
    Taken library = library(file, name);
    if (library == null) {
      return Optional.empty();
    }
    YamlMapping there = at(root(library), path);
    YamlNode lent = there.get(key.text()).orElse(null);
    if (lent == null) {
      nothing(
          key.span(),
          "a " + section.word() + " of the library `" + name.text() + "`",
          key.text(),
          names(there));
      return Optional.empty();
    }
    if (own.entries().size() == 1) {
      return Optional.of(new Entry(key, lent));
    }
    if (lent instanceof YamlMapping base) {
      return Optional.of(new Entry(key, laidOver(base, own, false)));
    }
    Entry more =
        own.entries().stream()
            .filter(entry -> !entry.key().text().equals(Includes.KEY))
            .findFirst()
            .orElseThrow();
    add(
        DiagnosticCode.INCLUDE_NOTHING,
        more.key().span(),
        "expected nothing beside `include`, found `"
            + more.key().text()
            + "`: `"
            + key.text()
            + "` of `"
            + name.text()
            + "` has no keys that could be changed",
        "list `" + key.text() + "` under `except` of the library, and write it here anew");
    return Optional.empty();
  }

  /** The word after {@code include} in an entry; null where there is none. */
  private static @Nullable YamlScalar named(YamlMapping map) {
    return map.get(Includes.KEY).orElse(null) instanceof YamlScalar name && !name.value().isNull()
        ? name
        : null;
  }

  private @Nullable Taken library(SourceFile file, YamlScalar name) {
    Taken found = includes.direct(file).get(name.text());
    if (found == null && !includes.isLacking(file)) { // else that is told
      Set<String> known = includes.direct(file).keySet();
      add(
          DiagnosticCode.INCLUDE_UNKNOWN,
          name.span(),
          "expected a library that this file includes, found `" + name.text() + "`",
          Suggestions.nearest(name.text(), known)
              .map(near -> "did you mean `" + near + "`?")
              .orElse("add `" + name.text() + "` to `include` at the top of the file"));
    }
    return found;
  }

  private static YamlMapping at(YamlMapping root, List<String> path) {
    YamlMapping map = root;
    for (String key : path) {
      map =
          map.get(key).orElse(null) instanceof YamlMapping next
              ? next
              : new YamlMapping(List.of(), false, root.span());
    }
    return map;
  }

  private static Set<String> names(YamlMapping map) {
    Set<String> names = new LinkedHashSet<>();
    map.entries().forEach(entry -> names.add(entry.key().text()));
    return names;
  }

  /** The keys of a library's map with those of another in their place or beside them. */
  private static YamlMapping laidOver(YamlMapping base, YamlMapping own, boolean deep) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : base.entries()) {
      Optional<Entry> given = own.entry(entry.key().text());
      Entry other = given.orElse(entry);
      boolean both =
          deep
              && given.isPresent()
              && other.value() instanceof YamlMapping
              && entry.value() instanceof YamlMapping;
      entries.add(
          both
              ? new Entry(
                  other.key(),
                  laidOver((YamlMapping) entry.value(), (YamlMapping) other.value(), false))
              : other);
    }
    for (Entry entry : own.entries()) {
      if (base.entry(entry.key().text()).isEmpty() && !entry.key().text().equals(Includes.KEY)) {
        entries.add(entry);
      }
    }
    return new YamlMapping(entries, own.flow(), own.span());
  }

  /** A library without the names that are not taken from it. */
  private YamlMapping left(Taken library, YamlMapping root) {
    Set<String> gone = new LinkedHashSet<>();
    List<Entry> sections = new ArrayList<>();
    for (Entry entry : root.entries()) {
      Section section = Section.ofKey(entry.key().text()).orElse(null);
      if (section == null || section.isWhole() || !(entry.value() instanceof YamlMapping map)) {
        sections.add(entry);
        continue;
      }
      List<Entry> left = new ArrayList<>();
      for (Entry one : map.entries()) {
        if (library.except().containsKey(one.key().text())) {
          gone.add(one.key().text());
        } else {
          left.add(one);
        }
      }
      sections.add(new Entry(entry.key(), new YamlMapping(left, map.flow(), map.span())));
    }
    library
        .except()
        .forEach(
            (name, except) -> {
              if (!gone.contains(name)) {
                findings.add(
                    Diagnostic.of(
                        DiagnosticCode.INCLUDE_NOTHING,
                        except.file(),
                        except.name().span(),
                        "expected a name of the library `"
                            + library.id()
                            + "`, found `"
                            + name
                            + "`",
                        Suggestions.hintOrChoices(name, all(root))));
              }
            });
    return new YamlMapping(sections, root.flow(), root.span());
  }

  private static Set<String> all(YamlMapping root) {
    Set<String> names = new LinkedHashSet<>();
    Section.WITH_IDS.forEach(section -> names.addAll(names(at(root, List.of(section.key())))));
    return names;
  }

  /** Two libraries, of which neither includes the other, that have a name in common. */
  private void clashes(Taken library, YamlMapping root) {
    for (Taken other : includes.taken()) {
      YamlMapping before = roots.get(other.file());
      if (other == library || before == null || library.within().contains(other.file())) {
        continue;
      }
      for (Section section : Section.WITH_IDS) {
        for (Entry entry : at(root, List.of(section.key())).entries()) {
          Optional<Entry> first = at(before, List.of(section.key())).entry(entry.key().text());
          if (first.isPresent()) {
            Origin here = sources.origin(entry.key().span());
            Origin there = sources.origin(first.get().key().span());
            findings.add(
                Diagnostic.of(
                        DiagnosticCode.INCLUDE_CLASH,
                        library.at().file(),
                        library.at().span(),
                        "expected libraries without a common name, found the "
                            + section.word()
                            + " `"
                            + entry.key().text()
                            + "` in `"
                            + other.id()
                            + "` and in `"
                            + library.id()
                            + "`",
                        "list it under `except` of one of the two")
                    .withRelated(new Related(there.file(), there.span(), "the one of them"))
                    .withRelated(new Related(here.file(), here.span(), "the other")));
          }
        }
      }
    }
  }

  /**
   * A file together with what libraries lend it by name.
   *
   * @param written the file as it is
   * @param root of the file once it was {@linkplain #filled filled}
   * @param lent where the names are noted that it does not declare itself, by section
   */
  YamlMapping joined(YamlMapping written, YamlMapping root, Lent lent) {
    Map<String, Entry> sections = new LinkedHashMap<>();
    root.entries().forEach(entry -> sections.put(entry.key().text(), entry));
    for (Section section : Section.WITH_IDS) {
      YamlMapping own = at(root, List.of(section.key()));
      Map<String, Entry> more = new LinkedHashMap<>();
      YamlScalar key = null;
      for (Taken library : includes.taken()) {
        Entry there = root(library).entry(section.key()).orElse(null);
        if (there == null || !(there.value() instanceof YamlMapping map)) {
          continue;
        }
        key = there.key();
        for (Entry entry : map.entries()) {
          clash(section, entry, library, at(written, List.of(section.key())));
          if (own.entry(entry.key().text()).isEmpty()) {
            more.put(entry.key().text(), entry); // a library may have changed one that it includes
          }
        }
      }
      if (key != null && !more.isEmpty() && Section.BY_NAME.contains(section)) {
        lent.add(section, more.keySet());
        List<Entry> all = new ArrayList<>(more.values());
        all.addAll(own.entries());
        Entry before = sections.get(section.key());
        YamlScalar named = before == null ? key : before.key();
        sections.put(section.key(), new Entry(named, new YamlMapping(all, false, own.span())));
      }
    }
    return new YamlMapping(List.copyOf(sections.values()), root.flow(), root.span());
  }

  /** Nothing hides a name, unless it says so. */
  private void clash(Section section, Entry lent, Taken library, YamlMapping own) {
    Entry same = own.entry(lent.key().text()).orElse(null);
    if (same == null || (same.value() instanceof YamlMapping map && named(map) != null)) {
      return;
    }
    Origin here = sources.origin(same.key().span());
    Origin there = sources.origin(lent.key().span());
    String id = same.key().text();
    findings.add(
        Diagnostic.of(
                DiagnosticCode.INCLUDE_CLASH,
                here.file(),
                here.span(),
                "expected a name that no included library has, found the "
                    + section.word()
                    + " `"
                    + id
                    + "`, which is in `"
                    + library.id()
                    + "`",
                lent.value() instanceof YamlMapping
                    ? "write `include: "
                        + library.id()
                        + "` into it to change single keys, or list it under `except` of the"
                        + " library, or give it another name"
                    : "list it under `except` of the library to put it in the other's place, or"
                        + " give it another name")
            .withRelated(new Related(there.file(), there.span(), "the one of the library")));
  }

  private YamlMapping root(Taken library) {
    return Objects.requireNonNull(roots.get(library.file()));
  }

  private void nothing(Span span, String expected, String found, Set<String> known) {
    add(
        DiagnosticCode.INCLUDE_NOTHING,
        span,
        "expected " + expected + ", found `" + found + "`",
        known.isEmpty()
            ? "look into the library for what it holds"
            : Suggestions.hintOrChoices(found, known));
  }

  private void add(DiagnosticCode code, Span span, String message, @Nullable String hint) {
    Origin place = sources.origin(span);
    findings.add(Diagnostic.of(code, place.file(), place.span(), message, hint));
  }
}
