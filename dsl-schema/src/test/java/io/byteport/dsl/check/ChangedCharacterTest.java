package io.byteport.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.Position;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * One character of an expression is changed into one that no expression has: the finding stands at
 * that character, however the scalar around it is written.
 */
class ChangedCharacterTest {
  private static final String RUNBOOK = read("clean-small.yaml");
  private static final List<String> WORDS =
      List.of(
          "pod.container.exitCode",
          "==",
          "137",
          "or",
          "signal.source",
          "==",
          "\"🔁 it's\"",
          "and",
          "not",
          "(pod.ready",
          "or",
          "count(",
          "workload.name",
          ")",
          "in",
          "[1,",
          "22])");

  /** Which characters may be changed: of words outside a text, and not of operators. */
  private static final List<Integer> CHANGEABLE = List.of(0, 2, 4, 9, 12, 16);

  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED
  }

  /**
   * How the scalar is written.
   *
   * @param chomping of a block scalar
   * @param indent of its lines behind their parent, also in the header if {@code explicit}
   * @param seed decides where lines break and which characters are escaped
   */
  private record Writing(
      Style style, String chomping, boolean explicit, int indent, String lineBreak, long seed) {}

  private record Layout(Writing writing, boolean anchored, boolean template, int word, int at) {}

  @Provide
  Arbitrary<Layout> layouts() {
    Arbitrary<Writing> writings =
        Combinators.combine(
                Arbitraries.of(Style.values()),
                Arbitraries.of("", "-", "+"),
                Arbitraries.of(true, false),
                Arbitraries.integers().between(1, 9),
                Arbitraries.of("\n", "\r\n", "\r"),
                Arbitraries.longs())
            .as(Writing::new);
    return Combinators.combine(
            writings,
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(CHANGEABLE),
            Arbitraries.integers().between(0, 30))
        .as(Layout::new);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void is_where_the_finding_points(@ForAll("layouts") Layout layout) {
    List<String> words = new ArrayList<>(WORDS);
    String word = words.get(layout.word());
    int at = layout.at() % word.length();
    words.set(layout.word(), word.substring(0, at) + "?" + word.substring(at + 1));
    if (layout.template()) {
      words.add(0, "so ${");
      words.add("} there");
    }
    Random random = new Random(layout.writing().seed());
    String scalar = (layout.anchored() ? "&a " : "") + written(words, layout.writing(), random);
    String field = layout.template() ? "because: " : "when: ";
    String text =
        RUNBOOK
            .replaceFirst(" {6}" + field + ".*", "      # 🔁 what follows\n      " + field + "@@")
            .replace("\n", layout.writing().lineBreak())
            .replace("@@", scalar);
    assertFoundAt(text, marker(text));
  }

  /** The mark, or the escape that stands for it, is nowhere else in the file. */
  private static int marker(String text) {
    int at =
        Stream.of("?", "\\u003F", "\\U0000003F", "\\x3F")
            .mapToInt(text::indexOf)
            .filter(index -> index >= 0)
            .min()
            .orElseThrow();
    return text.codePointCount(0, at);
  }

  private static void assertFoundAt(String text, int offset) {
    SourceFile file = new SourceFile("x.yaml", text);
    Position planted = file.position(offset);
    List<Diagnostic> found = new RunbookLoader(Catalogues.TEST).load(file).diagnostics();
    assertThat(found)
        .as(text)
        .anySatisfy(
            diagnostic -> assertThat(file.position(diagnostic.span().start())).isEqualTo(planted));
  }

  private static String written(List<String> words, Writing writing, Random random) {
    String newLine = writing.lineBreak() + " ".repeat(6 + writing.indent());
    return switch (writing.style()) {
      case PLAIN -> broken(words, newLine, random);
      case SINGLE_QUOTED ->
          "'"
              + broken(
                  words.stream().map(word -> word.replace("'", "''")).toList(), newLine, random)
              + "'";
      case DOUBLE_QUOTED -> doubleQuoted(words, newLine, random);
      case LITERAL -> block("|", words, writing, newLine, random);
      case FOLDED -> block(">", words, writing, newLine, random);
    };
  }

  private static String block(
      String indicator, List<String> words, Writing writing, String newLine, Random random) {
    String header = indicator + (writing.explicit() ? writing.indent() : "") + writing.chomping();
    return header + newLine + broken(words, newLine, random) + writing.lineBreak();
  }

  /** Words with a space or a line break between two; a text is kept on its line. */
  private static String broken(List<String> words, String newLine, Random random) {
    StringBuilder text = new StringBuilder(words.getFirst());
    for (String word : words.subList(1, words.size())) {
      text.append(random.nextInt(4) == 0 ? newLine : " ").append(word);
    }
    return text.toString();
  }

  private static String doubleQuoted(List<String> words, String newLine, Random random) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < words.size(); i++) {
      if (i > 0) {
        text.append(
            switch (random.nextInt(5)) {
              case 0 -> newLine;
              case 1 -> " \\" + newLine;
              case 2 -> "\\n";
              case 3 -> "\\t ";
              default -> " ";
            });
      }
      words.get(i).codePoints().forEach(c -> text.append(escaped(c, random)));
    }
    return text.append('"').toString();
  }

  private static String escaped(int c, Random random) {
    if (c == '"' || c == '\\') {
      return "\\" + Character.toString(c);
    }
    return switch (random.nextInt(8)) {
      case 0 -> c < 0x100 ? "\\x%02X".formatted(c) : Character.toString(c);
      case 1 -> c < 0x10000 ? "\\u%04X".formatted(c) : surrogates(c);
      case 2 -> "\\U%08X".formatted(c);
      default -> Character.toString(c);
    };
  }

  private static String surrogates(int c) {
    return "\\u%04X\\u%04X"
        .formatted((int) Character.highSurrogate(c), (int) Character.lowSurrogate(c));
  }

  @Test
  void is_found_in_every_expression_of_a_whole_runbook() {
    String text = read("clean.yaml");
    SourceFile file = new SourceFile("x.yaml", text);
    int[] points = text.codePoints().toArray();
    int planted = 0;
    for (int line = 0; line < file.lineCount(); line++) {
      int hole = file.line(line).indexOf("${");
      int at = file.lineSpan(line).start() + hole + 2;
      if (hole < 0 || !Character.isLetter(points[at + 1])) {
        continue;
      }
      int[] changed = points.clone();
      changed[at + 1] = '?';
      assertFoundAt(new String(changed, 0, changed.length), at + 1);
      planted++;
    }
    assertThat(planted).isGreaterThan(20);
  }

  private static String read(String name) {
    try {
      return Files.readString(Path.of("src", "test", "resources", "golden", "check", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
