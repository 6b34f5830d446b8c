package io.byteport.dsl.edit;

import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands at a place of a text. Immutable.
 *
 * @param text as it is written
 * @param offset of the place, in code points
 * @param role what the place is
 * @param steps from the document to the place: through maps by key, through lists by number. The
 *     last is that of the value, or of the key, that holds the place
 * @param content what the key, the value or the comment says, as far as it could be read
 * @param at where in the content the place is, in code points
 * @param style how it is written
 * @param bare whether a value is all that stands on its line, so that it may become the key of a
 *     map
 * @param colon whether a key has its colon already
 * @param lead what must come before whatever is put in: a space that is missing
 * @param spots where each code point of the content begins in the text, and where the last ends
 * @param whole from the first to the last character of the key or the value, quotes included
 * @param frame what stands before and after, as it was mended
 * @param top the keys of the document
 */
public record Place(
    SourceFile text,
    int offset,
    Role role,
    List<Step> steps,
    String content,
    int at,
    Style style,
    boolean bare,
    boolean colon,
    String lead,
    Spots spots,
    Span whole,
    Frame frame,
    Set<String> top) {

  public Place {
    steps = List.copyOf(steps);
    top = Set.copyOf(top);
  }

  private static final String WORD = "zZwordZz";
  private static final String INTERPOLATION = "\"${" + WORD + "}\"";

  /** What a place is. */
  public enum Role {
    KEY,
    VALUE,
    COMMENT,
    /** Nothing that could be read. */
    NOTHING
  }

  /**
   * One step into a document.
   *
   * @param container the map or the list
   * @param key the key; null in a list
   * @param index the number of the item, from 0; -1 in a map
   */
  public record Step(YamlNode container, @Nullable String key, int index) {
    /** The text of a key of the map that the step leads through. */
    public Optional<String> sibling(String name) {
      return container instanceof YamlMapping map
          ? map.get(name)
              .filter(YamlScalar.class::isInstance)
              .map(node -> ((YamlScalar) node).text())
          : Optional.empty();
    }
  }

  /**
   * A text that can be read, without the value at the place, or without the line of a key that has
   * none yet.
   */
  public record Frame(String before, String after) {}

  /**
   * A text that can be read and that is the same while the value is being typed.
   *
   * @param file the whole text
   * @param offset of the value in it
   */
  public record Mended(SourceFile file, int offset) {}

  /** Where the code points of a content stand in the text. */
  public record Spots(List<Integer> starts) {
    public Spots {
      starts = List.copyOf(starts);
    }

    /** The place in the text of a part of the content. */
    Span span(int start, int end) {
      int from = starts.get(Math.max(0, Math.min(start, starts.size() - 1)));
      int to = starts.get(Math.max(0, Math.min(end, starts.size() - 1)));
      return new Span(from, Math.max(from, to));
    }
  }

  /** The path to the map whose key it is, or to the value: keys, and {@code []} for items. */
  public List<String> path() {
    List<String> path = new ArrayList<>();
    int length = role == Role.KEY ? steps.size() - 1 : steps.size();
    for (Step step : steps.subList(0, Math.max(0, length))) {
      path.add(step.key() == null ? "[]" : step.key());
    }
    return path;
  }

  /** The keys that the map has whose key it is, or may become, this one left out. */
  public Set<String> present() {
    if (role != Role.KEY || steps.isEmpty()) {
      return Set.of();
    }
    Step last = steps.getLast();
    Set<String> keys = new LinkedHashSet<>();
    if (steps.size() == 1) {
      keys.addAll(top);
    } else if (last.container() instanceof YamlMapping map) {
      map.entries().forEach(entry -> keys.add(entry.key().text()));
    }
    String own = last.key();
    if (own != null) {
      keys.remove(own);
    }
    return keys;
  }

  /** The part of the content that the place is in or right behind, as a place in the text. */
  public Span span(Span ofContent) {
    return spots.span(ofContent.start(), ofContent.end());
  }

  /** All of the content on the line of the place, as a place in the text. */
  public Span contentSpan() {
    int length = content.codePointCount(0, content.length());
    return clipped(spots.span(0, length));
  }

  private Span clipped(Span span) {
    Span line = text.lineSpan(text.position(offset).line());
    int start = Math.max(line.start(), Math.min(span.start(), offset));
    int end = Math.min(line.end(), Math.max(span.end(), offset));
    return new Span(start, end);
  }

  /** What is typed of the content up to the place. */
  public String typed() {
    return content.substring(0, content.offsetByCodePoints(0, at));
  }

  /**
   * The text with a harmless value at the place.
   *
   * @param interpolated whether an interpolation stands there, rather than a word
   */
  public Mended mended(boolean interpolated) {
    String value = role != Role.VALUE ? "" : interpolated ? INTERPOLATION : WORD;
    int start = frame.before().codePointCount(0, frame.before().length());
    return new Mended(
        new SourceFile(text.name(), frame.before() + value + frame.after()),
        start + (interpolated ? INTERPOLATION.indexOf(WORD) : 0));
  }

  /** What the schema says about the map whose key it is, or about the value. */
  public Shape shape(Shape document) {
    Shape shape = document;
    for (String key : path()) {
      shape = key.equals("[]") ? shape.item() : shape.field(key);
    }
    return shape;
  }

  /** The step through a map that has a key, the nearest first; empty where there is none. */
  public Optional<Step> around(String key) {
    return steps.reversed().stream()
        .filter(step -> step.container() instanceof YamlMapping map && map.get(key).isPresent())
        .findFirst();
  }

  /** How far the key is from the first character of its line, dashes before it included. */
  public int shift() {
    Span line = text.lineSpan(text.position(offset).line());
    String before =
        text.text(new Span(line.start(), Math.max(line.start(), contentSpan().start())));
    return before.length() - (before.length() - before.stripLeading().length());
  }
}
