package io.byteport.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Every code point of a scalar's value maps to where it stands in the file, however the scalar is
 * written.
 */
class SourceMapTest {

  /**
   * A scalar as it is built up piece by piece: its text in a file, its value, and where each code
   * point of the value stands.
   */
  private static final class Written {
    final StringBuilder raw = new StringBuilder();
    final StringBuilder value = new StringBuilder();
    final List<Span> places = new ArrayList<>();

    int at() {
      return raw.codePointCount(0, raw.length());
    }

    void silent(String text) {
      raw.append(text);
    }

    void piece(String text, String meaning) {
      int start = at();
      raw.append(text);
      int end = at();
      value.append(meaning);
      meaning.codePoints().forEach(each -> places.add(new Span(start, end)));
    }

    void plain(String text) {
      text.codePoints().forEach(each -> piece(Character.toString(each), Character.toString(each)));
    }
  }

  private static final String WORD = "abcXYZ012äöß€日本🔁$.(){}[]\"'\\/<>=~,-";

  private static Arbitrary<String> words(String alphabet) {
    int[] codePoints = alphabet.codePoints().toArray();
    Arbitrary<String> character =
        Arbitraries.integers()
            .between(0, codePoints.length - 1)
            .map(index -> Character.toString(codePoints[index]));
    return character.list().ofMinSize(1).ofMaxSize(6).map(list -> String.join("", list));
  }

  /**
   * Where a line break stands: how many lines are empty, how the break is written, and the
   * indentation after it.
   */
  private record Break(int emptyLines, String lineBreak, int indent) {}

  private static Arbitrary<Break> breaks() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("\n", "\r\n", "\r"),
            Arbitraries.integers().between(2, 6))
        .as(Break::new);
  }

  @Provide
  Arbitrary<List<Tuple2<String, Break>>> plainLines() {
    return lines(words(WORD).map(word -> "x" + word.replace("{", "(").replace("}", ")")));
  }

  @Provide
  Arbitrary<List<Tuple2<String, Break>>> quotedLines() {
    return lines(words(WORD + ":# "));
  }

  private static Arbitrary<List<Tuple2<String, Break>>> lines(Arbitrary<String> text) {
    return Combinators.combine(text, breaks()).as(Tuple::of).list().ofMinSize(1).ofMaxSize(5);
  }

  /** A break within a plain or quoted scalar: one is a space, more are one less. */
  private static void fold(Written written, Break lineBreak) {
    if (lineBreak.emptyLines() == 0) {
      written.piece(lineBreak.lineBreak(), " ");
    } else {
      written.silent(lineBreak.lineBreak());
      for (int i = 0; i < lineBreak.emptyLines(); i++) {
        written.silent(" ".repeat(i));
        written.piece(lineBreak.lineBreak(), "\n");
      }
    }
    written.silent(" ".repeat(lineBreak.indent()));
  }

  private static void assertRead(String before, Written written, String after, Style style) {
    SourceFile file = new SourceFile("x.yaml", before + written.raw + after);
    Checked<YamlNode> checked = YamlReader.read(file);
    assertThat(checked.diagnostics()).as(file.text()).isEmpty();
    YamlScalar scalar =
        (YamlScalar) ((YamlMapping) checked.value().orElseThrow()).get("k").orElseThrow();
    assertThat(scalar.style()).isEqualTo(style);
    assertThat(scalar.text()).isEqualTo(written.value.toString());
    int shift = before.codePointCount(0, before.length());
    assertThat(scalar.map().length()).isEqualTo(written.places.size());
    for (int i = 0; i < written.places.size(); i++) {
      Span place = written.places.get(i);
      assertThat(scalar.map().span(i, i + 1))
          .as("code point %d of %s", i, file.text())
          .isEqualTo(new Span(place.start() + shift, place.end() + shift));
    }
  }

  @Property
  void of_a_plain_scalar(@ForAll("plainLines") List<Tuple2<String, Break>> lines) {
    Written written = new Written();
    for (int i = 0; i < lines.size(); i++) {
      written.plain(lines.get(i).get1());
      if (i + 1 < lines.size()) {
        fold(written, lines.get(i).get2());
      }
    }
    assertRead("k: ", written, "\n", Style.PLAIN);
    assertRead("a:\n - b\nk:   ", written, "   # comment\nz: y\n", Style.PLAIN);
  }

  @Property
  void of_a_single_quoted_scalar(@ForAll("quotedLines") List<Tuple2<String, Break>> lines) {
    Written written = new Written();
    written.silent("'");
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).get1().strip();
      text.codePoints()
          .forEach(
              each ->
                  written.piece(
                      each == '\'' ? "''" : Character.toString(each), Character.toString(each)));
      if (i + 1 < lines.size()) {
        fold(written, lines.get(i).get2());
      }
    }
    written.silent("'");
    if (lines.stream().noneMatch(line -> line.get1().isBlank())) {
      assertRead("k: ", written, "\n", Style.SINGLE_QUOTED);
      assertRead("🔁: x\nk: &a ", written, "  # c\nz: y\n", Style.SINGLE_QUOTED);
    }
  }

  @Provide
  Arbitrary<List<Tuple2<String, String>>> escapes() {
    return Arbitraries.of(
            Tuple.of("\\0", "\0"),
            Tuple.of("\\a", "\u0007"),
            Tuple.of("\\b", "\b"),
            Tuple.of("\\t", "\t"),
            Tuple.of("\\n", "\n"),
            Tuple.of("\\v", "\u000b"),
            Tuple.of("\\f", "\f"),
            Tuple.of("\\r", "\r"),
            Tuple.of("\\e", "\u001b"),
            Tuple.of("\\ ", " "),
            Tuple.of("\\\"", "\""),
            Tuple.of("\\/", "/"),
            Tuple.of("\\\\", "\\"),
            Tuple.of("\\N", "\u0085"),
            Tuple.of("\\_", "\u00a0"),
            Tuple.of("\\x41", "A"),
            Tuple.of("\\u20AC", "€"),
            Tuple.of("\\u20ac", "€"),
            Tuple.of("\\U0001F501", "🔁"),
            Tuple.of("\\ud83d\\udd01", "🔁"),
            Tuple.of("a", "a"),
            Tuple.of("日", "日"),
            Tuple.of("🔁", "🔁"),
            Tuple.of("'", "'"),
            Tuple.of("{", "{"),
            Tuple.of("#", "#"),
            Tuple.of("\\\n   ", ""),
            Tuple.of("\\\r\n ", ""))
        .list()
        .ofMaxSize(12);
  }

  @Property
  void of_a_double_quoted_scalar(
      @ForAll("escapes") List<Tuple2<String, String>> first,
      @ForAll("escapes") List<Tuple2<String, String>> second) {
    Written written = new Written();
    written.silent("\"");
    first.forEach(each -> written.piece(each.get1(), each.get2()));
    written.plain("x");
    fold(written, new Break(first.size() % 3, "\n", 4));
    written.plain("y");
    second.forEach(each -> written.piece(each.get1(), each.get2()));
    written.silent("\"");
    assertRead("k: ", written, "\n", Style.DOUBLE_QUOTED);
    assertRead("日: x\nk: ", written, " # c\nz: y\n", Style.DOUBLE_QUOTED);
  }

  /** A line of a block scalar: extra indentation, text (empty for an empty line). */
  @Provide
  Arbitrary<List<Tuple2<Integer, String>>> blockLines() {
    Arbitrary<String> text =
        Arbitraries.frequencyOf(
            Tuple.of(4, words(WORD + ":# \t").map(word -> "x" + word)),
            Tuple.of(1, Arbitraries.just("")));
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 1), Tuple.of(1, 3)), text)
        .as(Tuple::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(7);
  }

  private record Header(
      String chomping, boolean explicit, int indent, String lineBreak, String comment) {}

  @Provide
  Arbitrary<Header> headers() {
    return Combinators.combine(
            Arbitraries.of("", "-", "+"),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 9),
            Arbitraries.of("\n", "\r\n", "\r"),
            Arbitraries.of("", " # why: \"x\"", "   "))
        .as(Header::new);
  }

  @Property
  void of_a_literal_scalar(
      @ForAll("headers") Header header, @ForAll("blockLines") List<Tuple2<Integer, String>> lines) {
    Written written = block('|', header, lines);
    assertRead("k: ", written, "z: y" + header.lineBreak(), Style.LITERAL);
  }

  @Property
  void of_a_folded_scalar(
      @ForAll("headers") Header header, @ForAll("blockLines") List<Tuple2<Integer, String>> lines) {
    Written written = block('>', header, lines);
    assertRead("k: ", written, "z: y" + header.lineBreak(), Style.FOLDED);
  }

  private static Written block(char indicator, Header header, List<Tuple2<Integer, String>> lines) {
    List<Tuple2<Integer, String>> body = new ArrayList<>(lines);
    int first = 0;
    while (first < body.size() && body.get(first).get2().isEmpty()) {
      first++;
    }
    boolean explicit = header.explicit();
    if (!explicit && first < body.size()) {
      body.set(first, Tuple.of(0, body.get(first).get2()));
    }
    Written written = new Written();
    written.silent(
        indicator
            + (explicit ? String.valueOf(header.indent()) : "")
            + header.chomping()
            + header.comment()
            + header.lineBreak());
    List<Integer> empty = new ArrayList<>();
    String before = null;
    int breakBefore = -1;
    for (Tuple2<Integer, String> line : body) {
      if (line.get2().isEmpty()) {
        empty.add(written.at());
        written.silent(header.lineBreak());
        continue;
      }
      String text = " ".repeat(line.get1()) + line.get2();
      boolean joins =
          indicator == '>' && before != null && !before.startsWith(" ") && !text.startsWith(" ");
      if (before != null && !(joins && !empty.isEmpty())) {
        late(written, breakBefore, header, joins ? " " : "\n");
      }
      empty.forEach(at -> late(written, at, header, "\n"));
      empty.clear();
      written.silent(" ".repeat(header.indent()));
      written.plain(text);
      breakBefore = written.at();
      written.silent(header.lineBreak());
      before = text;
    }
    if (before != null && !header.chomping().equals("-")) {
      late(written, breakBefore, header, "\n");
    }
    if (header.chomping().equals("+")) {
      empty.forEach(at -> late(written, at, header, "\n"));
    }
    return written;
  }

  /** A line break that is known to belong to the value only now. */
  private static void late(Written written, int at, Header header, String meaning) {
    written.value.append(meaning);
    written.places.add(new Span(at, at + header.lineBreak().length()));
  }

  @Property(tries = 3000)
  void no_text_breaks_the_map_or_the_reader(@ForAll("wild") String text) {
    SourceFile file = new SourceFile("x.yaml", text);
    Checked<YamlNode> checked = YamlReader.read(file);
    assertThat(checked.value().isPresent() || checked.hasErrors()).isTrue();
    checked.value().ifPresent(root -> assertSane(file, root));
    checked
        .diagnostics()
        .forEach(found -> assertThat(found.span().end()).isLessThanOrEqualTo(file.length()));
  }

  @Provide
  Arbitrary<String> wild() {
    return Arbitraries.of(
            "a", "b:", ": ", "- ", "? ", "\n", "\n  ", "\n    ", "\r\n", "\t", " ", "  ", "{", "}",
            "[", "]", ", ", ",", "\"", "'", "''", "\\", "\\n", "#", " #", "|", ">", "|-", ">+",
            "|2", "\n\n", "&x ", "*x", "!t ", "!!str ", "%", "@", "`", "${", "}", "---", "...",
            "<<: ", "€", "🔁", "\u0085", "\u2028", "\u0007", "k: ", "k: x", "\nk: ", "\n- ", "null",
            "~", "1", "=", "(", ")")
        .list()
        .ofMaxSize(24)
        .map(list -> String.join("", list));
  }

  private static void assertSane(SourceFile file, YamlNode node) {
    assertThat(node.span().end()).isLessThanOrEqualTo(file.length());
    switch (node) {
      case YamlScalar scalar -> assertSane(file, scalar);
      case YamlSequence sequence -> sequence.items().forEach(item -> assertSane(file, item));
      case YamlMapping mapping ->
          mapping
              .entries()
              .forEach(
                  entry -> {
                    assertSane(file, entry.key());
                    assertSane(file, entry.value());
                  });
    }
  }

  private static void assertSane(SourceFile file, YamlScalar scalar) {
    SourceMap map = scalar.map();
    int[] value = scalar.text().codePoints().toArray();
    assertThat(map.length()).isEqualTo(value.length);
    int before = 0;
    for (int i = 0; i < value.length; i++) {
      Span place = map.span(i, i + 1);
      assertThat(place.start()).isGreaterThanOrEqualTo(before);
      before = place.start();
      boolean itself = place.length() == 1 && value[i] != ' ' && value[i] != '\n';
      if (itself) {
        assertThat(file.codePoint(place.start())).isEqualTo(value[i]);
      }
    }
  }
}
