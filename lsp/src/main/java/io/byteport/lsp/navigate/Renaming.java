package io.byteport.lsp.navigate;

import io.byteport.dsl.check.LanguageTypes;
import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.edit.SymbolKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.Positions;
import io.byteport.lsp.Texts;
import io.byteport.lsp.Uris;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;

/** Another spelling for a name, wherever it stands. */
public final class Renaming {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern DASHED = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
  private static final Pattern OF_AN_AGENT = Pattern.compile("[A-Za-z][A-Za-z0-9_.@-]{0,99}");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "and", "or", "not", "in", "contains");

  private final Texts texts;
  private final Meaning meaning;
  private final List<Place> places;

  /**
   * @param texts in which the name has its meaning
   */
  public Renaming(Texts texts, Meaning meaning) {
    this.texts = texts;
    this.meaning = meaning;
    this.places = meaning.places();
  }

  /** Why the name must stay, as a sentence; empty where it need not. */
  public Optional<String> refusal() {
    Occurrence wanted = meaning.wanted();
    String name = "`" + wanted.name() + "`";
    switch (wanted.kind()) {
      case ACTION -> {
        return Optional.of(name + " is an action, whose name is fixed.");
      }
      case LIBRARY -> {
        return Optional.of(
            "The library "
                + name
                + " is called as its file is; rename the file, and then its id"
                + " and where it is included.");
      }
      case GUARDED, LENT, RECORDED -> {
        return Optional.of("Nothing declares " + name + ".");
      }
      default -> {}
    }
    List<Place> declared = places.stream().filter(place -> place.occurrence().declares()).toList();
    boolean own = declared.stream().anyMatch(place -> !Uris.isShipped(place.file()));
    boolean shared = wanted.kind() == SymbolKind.LOCK || wanted.kind() == SymbolKind.COUNTER;
    if (shared) {
      return places.stream().anyMatch(place -> Uris.isShipped(place.file()))
          ? Optional.of(shipped(wanted))
          : Optional.empty();
    }
    if (declared.isEmpty()) {
      return Optional.of("Nothing declares the " + wanted.kind().word() + " " + name + ".");
    }
    if (!own || (!wanted.kind().isGlobal() && declared.stream().anyMatch(Renaming::isShipped))) {
      return Optional.of(shipped(wanted));
    }
    return places.stream()
        .filter(place -> texts.symbols(place.file()).doubled().contains(place.occurrence().span()))
        .findFirst()
        .map(place -> doubled(place, wanted));
  }

  private static String doubled(Place place, Occurrence wanted) {
    return "In the table in line %d of %s, `%s` is the %s and something else; give each a column of its own first."
        .formatted(
            line(place.file(), place.occurrence()),
            name(place.file()),
            wanted.name(),
            wanted.kind().word());
  }

  private static int line(SourceFile file, Occurrence one) {
    return Positions.of(file, one.span().start()).getLine() + 1;
  }

  private static String name(SourceFile file) {
    return file.name().substring(file.name().lastIndexOf('/') + 1);
  }

  private static boolean isShipped(Place place) {
    return Uris.isShipped(place.file());
  }

  private static String shipped(Occurrence wanted) {
    return "The "
        + wanted.kind().word()
        + " `"
        + wanted.name()
        + "` comes with BytePort, whose own files cannot be changed.";
  }

  /** Why it cannot be called so, as a sentence; empty where it can. */
  public Optional<String> refusal(String name) {
    SymbolKind kind = meaning.wanted().kind();
    Optional<String> fixed = refusal();
    if (fixed.isPresent()) {
      return fixed;
    }
    if (!pattern(meaning.wanted()).matcher(name).matches()) {
      return Optional.of(
          "Expected the name of "
              + withArticle(kind)
              + ", found `"
              + name
              + "`: it begins with a letter and has "
              + letters(pattern(meaning.wanted()))
              + ".");
    }
    boolean expression = kind == SymbolKind.FACT || kind == SymbolKind.LOCAL;
    boolean unknown = kind == SymbolKind.CLASS && name.equals(LanguageTypes.UNKNOWN_CLASS);
    if (WORDS.contains(name) || unknown || (expression && LanguageTypes.NAMES.contains(name))) {
      return Optional.of("`" + name + "` is a word of the language; choose another name.");
    }
    return clash(name);
  }

  /** Other names of parameters, signals and runbooks may have what the names proper may not. */
  private static Pattern pattern(Occurrence wanted) {
    Pattern proper = pattern(wanted.kind());
    return proper.matcher(wanted.name()).matches() ? proper : ALIAS;
  }

  private static Pattern pattern(SymbolKind kind) {
    return switch (kind) {
      case RUNBOOK, SIGNAL, LIBRARY -> DASHED;
      case SOURCE, CONNECTION, CHANNEL, WINDOW, LIMIT, PERSON -> OF_AN_AGENT;
      default -> IDENTIFIER;
    };
  }

  private static String withArticle(SymbolKind kind) {
    return ("aeiou".indexOf(kind.word().charAt(0)) < 0 ? "a " : "an ") + kind.word();
  }

  private static String letters(Pattern pattern) {
    return pattern == IDENTIFIER
        ? "letters, digits and `_` only"
        : pattern == DASHED
            ? "letters, digits, `_` and `-` only"
            : pattern == ALIAS
                ? "letters, digits, `_`, `-` and `.` only"
                : "letters, digits, `_`, `-`, `.` and `@` only";
  }

  /** A name that has a meaning already where this one has. */
  private Optional<String> clash(String name) {
    Occurrence wanted = meaning.wanted();
    if (name.equals(wanted.name())) {
      return Optional.empty();
    }
    for (SourceFile file : around(name)) {
      for (Occurrence one : texts.symbols(file).occurrences()) {
        if (one.name().equals(name) && clashes(wanted, one)) {
          return Optional.of(
              "`%s` is %s already, in line %d of %s; choose another name."
                  .formatted(name, withArticle(one.kind()), line(file, one), name(file)));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean clashes(Occurrence wanted, Occurrence other) {
    return switch (wanted.kind()) {
      case FACT, LOCAL -> other.kind() == SymbolKind.FACT || other.kind() == SymbolKind.LOCAL;
      case STEP, CLASS ->
          other.kind() == SymbolKind.STEP
              || other.kind() == SymbolKind.CLASS
              || other.kind() == SymbolKind.GUARDED;
      case ARGUMENT, COLUMN ->
          other.kind() == wanted.kind() && other.owner().equals(wanted.owner());
      default -> other.kind() == wanted.kind();
    };
  }

  /** Where the new name stands, as far as it could be mistaken for this one. */
  private Set<SourceFile> around(String name) {
    Set<SourceFile> around = new LinkedHashSet<>();
    Set<SourceFile> here = new LinkedHashSet<>();
    places.forEach(place -> here.add(place.file()));
    if (meaning.wanted().kind().isOfAFile()) {
      return here;
    }
    here.forEach(file -> around.addAll(meaning.neighbours().reached(file)));
    boolean everywhere = meaning.wanted().kind().isGlobal();
    for (SourceFile file : texts.files()) {
      if (file.text().contains(name)
          && (everywhere || meaning.neighbours().reached(file).stream().anyMatch(here::contains))) {
        around.add(file);
      }
    }
    if (everywhere) {
      around.addAll(texts.shipped());
    }
    around.removeIf(file -> !file.text().contains(name));
    return around;
  }

  /** The edits, by file. */
  public WorkspaceEdit edit(String name) {
    Map<String, List<TextEdit>> changes = new LinkedHashMap<>();
    for (Place place : places) {
      if (!isShipped(place) && isCertain(place)) {
        changes
            .computeIfAbsent(Uris.of(place.file()), any -> new ArrayList<>())
            .add(new TextEdit(place.location().getRange(), name));
      }
    }
    return new WorkspaceEdit(changes);
  }

  /** What may be any runbook's is renamed only where no other has something of the name. */
  private boolean isCertain(Place place) {
    Occurrence one = place.occurrence();
    return !one.owner().equals(Occurrence.ANY)
        || texts.files().stream()
            .filter(file -> !meaning.files().contains(file))
            .filter(file -> file.text().contains(one.name()))
            .flatMap(file -> texts.symbols(file).occurrences().stream())
            .noneMatch(
                other ->
                    other.declares()
                        && other.kind() == one.kind()
                        && other.name().equals(one.name()));
  }
}
