package io.byteport.dsl.type;

import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Types as they are written: {@code string}, {@code list<Session>}, {@code map<string>}, {@code
 * series<number>}, {@code enum(Normal, Warning)}, each with {@code ?} where null is a value too.
 * {@code one of NAME} is a name of its own, which whoever knows the names resolves. Positions are
 * UTF-16 offsets into the text.
 */
public final class TypeNotation {
  private static final int MAX_DEPTH = 20;

  /**
   * What is wrong, and where.
   *
   * @param unknown the name that is not a type; null for any other fault
   */
  public record Problem(int start, int end, String message, @Nullable String unknown) {}

  /**
   * A type with what follows it.
   *
   * @param type UNKNOWN where a part of it could not be read
   * @param end where the type ends in the text
   */
  public record Parsed(Type type, int end, List<Problem> problems) {
    public Parsed {
      problems = List.copyOf(problems);
    }
  }

  private static final String OF = " of ";

  private final String text;
  private final Function<String, Optional<Type>> names;
  private final List<Problem> problems = new ArrayList<>();
  private int depth;
  private int at;

  private TypeNotation(String text, Function<String, Optional<Type>> names) {
    this.text = text;
    this.names = names;
  }

  /** Reads a text that is a type and nothing else. */
  public static Parsed parse(String text, Function<String, Optional<Type>> names) {
    TypeNotation reader = new TypeNotation(text, names);
    Type type = reader.type();
    reader.blanks();
    if (reader.at < text.length() && reader.problems.isEmpty()) {
      reader.problem(
          reader.at,
          text.length(),
          "expected the end of the type, found `" + text.substring(reader.at) + "`");
    }
    return new Parsed(type, reader.at, reader.problems);
  }

  /** Reads a type from the start of a text; the rest is the caller's. */
  public static Parsed parsePrefix(String text, Function<String, Optional<Type>> names) {
    TypeNotation reader = new TypeNotation(text, names);
    Type type = reader.type();
    return new Parsed(type, reader.at, reader.problems);
  }

  /** The scalar type of that name, {@code any} included. */
  public static Optional<Type> builtIn(String name) {
    if (name.equals("any")) {
      return Optional.of(Special.ANY);
    }
    for (Scalar scalar : Scalar.values()) {
      if (scalar.toString().equals(name)) {
        return Optional.of(scalar);
      }
    }
    return Optional.empty();
  }

  /** The words of the notation and all scalar types, for suggestions. */
  public static List<String> words() {
    List<String> words = new ArrayList<>(List.of("any", "enum", "list", "map"));
    for (Scalar scalar : Scalar.values()) {
      words.add(scalar.name().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  private Type type() {
    Type type = plain();
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
      return type.orNull();
    }
    return type;
  }

  private Type plain() {
    blanks();
    int start = at;
    String name = name();
    if (name.isEmpty()) {
      problem(start, Math.min(start + 1, text.length()), "expected a type" + found());
      return Special.UNKNOWN;
    }
    return switch (name) {
      case "list" -> new ListType(argument());
      case "map" -> new MapType(argument());
      case "series" -> new SeriesType(argument());
      case "enum" -> new EnumType(words(start));
      default -> named(name.equals("one") && take(OF) ? "one" + OF + name() : name, start);
    };
  }

  private Type named(String name, int start) {
    Optional<Type> type = builtIn(name).or(() -> names.apply(name));
    if (type.isEmpty()) {
      problems.add(new Problem(start, at, "there is no type `" + name + "`", name));
    }
    return type.orElse(Special.UNKNOWN);
  }

  private Type argument() {
    if (!take('<')) {
      problem(at, at, "expected `<` and the type of the elements" + found());
      return Special.UNKNOWN;
    }
    if (++depth > MAX_DEPTH) {
      problem(at, at, "expected at most " + MAX_DEPTH + " types inside each other, found more");
      at = text.length();
      return Special.UNKNOWN;
    }
    Type element = type();
    depth--;
    if (!take('>') && problems.isEmpty()) {
      problem(at, at, "expected `>`" + found());
    }
    return element;
  }

  private List<String> words(int start) {
    List<String> words = new ArrayList<>();
    if (!take('(')) {
      problem(start, at, "expected the words of the enum in parentheses" + found());
      return words;
    }
    do {
      blanks();
      int from = at;
      while (at < text.length() && ",)".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String word = text.substring(from, at).strip();
      if (word.isEmpty()) {
        problem(from, at, "expected a word of the enum" + found());
      }
      words.add(word);
    } while (take(','));
    if (!take(')')) {
      problem(at, at, "expected `)`" + found());
    }
    return words;
  }

  private String name() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean take(String words) {
    boolean there = text.startsWith(words, at);
    at += there ? words.length() : 0;
    return there;
  }

  private boolean take(char c) {
    int start = at;
    blanks();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    at = start;
    return false;
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private String found() {
    return at < text.length() ? ", found `" + text.charAt(at) + "`" : ", found the end";
  }

  private void problem(int start, int end, String message) {
    problems.add(new Problem(start, end, message, null));
  }
}
