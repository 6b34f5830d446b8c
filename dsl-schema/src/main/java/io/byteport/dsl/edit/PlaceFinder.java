package io.byteport.dsl.edit;

import io.byteport.dsl.edit.Place.Role;
import io.byteport.dsl.edit.Place.Spots;
import io.byteport.dsl.edit.Place.Step;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the mark of a variant among the nodes of the mended text. Used once, by one thread. */
final class PlaceFinder {
  private static final int MARK = Variant.MARK.length();

  private final Surrounding around;
  private final Variant variant;
  private final SourceFile mended;
  private final SourceFile whole;
  private final int lineStart;
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param mended the text that was read
   * @param whole the same with all lines that can be read
   */
  PlaceFinder(Surrounding around, Variant variant, SourceFile mended, SourceFile whole) {
    this.around = around;
    this.variant = variant;
    this.mended = mended;
    this.whole = whole;
    this.lineStart = mended.lineSpan(around.line()).start();
  }

  Optional<Place> in(YamlNode root) {
    return Optional.ofNullable(find(root));
  }

  private @Nullable Place find(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar ->
          scalar.text().contains(Variant.MARK) ? place(scalar, Role.VALUE) : null;
      case YamlSequence sequence -> items(sequence);
      case YamlMapping mapping -> entries(mapping);
    };
  }

  private @Nullable Place items(YamlSequence sequence) {
    for (int i = 0; i < sequence.items().size(); i++) {
      steps.add(new Step(sequence, null, i));
      Place found = find(sequence.items().get(i));
      if (found != null) {
        return found;
      }
      steps.removeLast();
    }
    return null;
  }

  private @Nullable Place entries(YamlMapping mapping) {
    for (Entry entry : mapping.entries()) {
      steps.add(new Step(mapping, entry.key().text(), -1));
      Place found =
          entry.key().text().contains(Variant.MARK)
              ? place(entry.key(), Role.KEY)
              : find(entry.value());
      if (found != null) {
        return found;
      }
      steps.removeLast();
    }
    return null;
  }

  private Place place(YamlScalar scalar, Role role) {
    String raw = variant.raw();
    return raw == null ? marked(scalar, role) : raw(raw, role, scalar);
  }

  private Place marked(YamlScalar scalar, Role role) {
    String text = scalar.text();
    int mark = text.codePointCount(0, text.indexOf(Variant.MARK));
    List<Integer> starts = new ArrayList<>();
    int length = text.codePointCount(0, text.length());
    for (int i = 0; i <= length; i++) {
      if (i < mark || i >= mark + MARK) {
        starts.add(original(scalar.map().span(i, i).start()));
      }
    }
    if (starts.size() <= mark) {
      starts.add(around.offset());
    }
    starts.set(mark, around.offset());
    String content = text.replace(Variant.MARK, "");
    return place(role, content, mark, scalar, isBare(scalar), starts, written(scalar.span()));
  }

  private Span written(Span span) {
    int start = original(span.start());
    return new Span(start, Math.max(start, original(span.end())));
  }

  /** The place in the whole text of one of the mended section. */
  private int original(int offset) {
    int inserted = around.at();
    int more = variant.lead().length() + MARK;
    int at = offset <= inserted ? offset : Math.max(inserted, offset - more);
    return Math.min(around.start() + at, around.text().length());
  }

  private boolean isBare(YamlScalar scalar) {
    Span line = mended.lineSpan(around.line());
    String before =
        mended.text(new Span(line.start(), Math.max(line.start(), scalar.span().start())));
    return scalar.style() == Style.PLAIN
        && before.matches("\\s*(- +)*")
        && scalar.text().matches("[\\w.-]*");
  }

  private Place raw(String raw, Role role, YamlScalar scalar) {
    String content = raw.replace(Variant.MARK, "");
    int first = lineStart + around.start() + startOfRaw();
    int length = content.codePointCount(0, content.length());
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i <= length; i++) {
      starts.add(Math.min(first + i, around.text().length()));
    }
    int mark = raw.codePointCount(0, raw.indexOf(Variant.MARK));
    return place(
        role,
        content,
        mark,
        scalar,
        false,
        starts,
        new Span(first, Math.min(first + length, around.text().length())));
  }

  private int startOfRaw() {
    return variant.line().codePointCount(0, variant.line().length()) - MARK;
  }

  private Place place(
      Role role,
      String content,
      int mark,
      YamlScalar scalar,
      boolean bare,
      List<Integer> starts,
      Span whole) {
    boolean colon = role == Role.KEY && around.after().matches("[\\w.\"'$*/-]*\\s*:.*");
    return new Place(
        around.text(),
        around.offset(),
        role,
        steps,
        content,
        mark,
        scalar.style(),
        bare,
        colon,
        variant.lead(),
        new Spots(starts),
        whole,
        frame(role == Role.KEY && !colon ? line() : role == Role.KEY ? mark() : scalar.span()),
        around.top());
  }

  private Span line() {
    return mended.lineSpan(around.line());
  }

  private Span mark() {
    int at = around.at() + variant.lead().length();
    return new Span(at, at + MARK);
  }

  /** All but a part of the mended section. */
  private Place.Frame frame(Span without) {
    SourceFile text = around.text();
    int end = around.start() + around.section().length();
    return new Place.Frame(
        text.text(new Span(0, around.start())) + whole.text(new Span(0, without.start())),
        whole.text(new Span(without.end(), whole.length()))
            + text.text(new Span(end, text.length())));
  }
}
