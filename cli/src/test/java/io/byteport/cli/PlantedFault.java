package io.byteport.cli;

import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A fault to plant in a sound runbook, with the finding that it must give. They stand in {@code
 * planted-faults.txt}, which tells how.
 *
 * @param shared whether it is one of those that are planted at once
 * @param found lines of the original
 * @param planted what takes their place
 * @param place lines of the original with marks, empty where the marks stand in what is planted
 * @param says what the message must hold
 */
record PlantedFault(
    String code,
    String title,
    boolean shared,
    String found,
    String planted,
    String place,
    List<String> says) {
  private static final String OPEN = "«";
  private static final String CLOSE = "»";

  /** A copy of a runbook with faults, and what must be found in it, in the order of the file. */
  record Copy(String text, List<Marked> marked) {}

  /** Where a fault must be found. */
  record Marked(PlantedFault fault, Span span) {}

  /** A piece of the original and what is there instead. */
  private record Edit(int start, int end, String text, PlantedFault fault) {}

  static List<PlantedFault> all() {
    try (InputStream in = PlantedFault.class.getResourceAsStream("planted-faults.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<PlantedFault> faults = new ArrayList<>();
      for (String block : text.split("\n\n")) {
        if (block.startsWith("= ") || block.startsWith("* ")) {
          faults.add(parse(block));
        }
      }
      return List.copyOf(faults);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PlantedFault parse(String block) {
    String header = block.lines().findFirst().orElseThrow();
    String[] words = header.split(" ", 3);
    return new PlantedFault(
        words[1],
        words[2],
        header.startsWith("*"),
        String.join("\n", lines(block, "-")),
        String.join("\n", lines(block, "+")),
        String.join("\n", lines(block, "@")),
        lines(block, "! "));
  }

  private static List<String> lines(String block, String mark) {
    return block
        .lines()
        .skip(1)
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
  }

  /**
   * @throws IllegalArgumentException if a piece does not stand exactly once in the original, or two
   *     of them overlap
   */
  static Copy plant(String original, List<PlantedFault> faults) {
    List<Edit> edits = new ArrayList<>();
    for (PlantedFault fault : faults) {
      edits.add(fault.edit(original, fault.found, fault.planted));
      if (!fault.place.isEmpty()) {
        edits.add(fault.edit(original, unmarked(fault.place), fault.place));
      }
    }
    edits.sort(Comparator.comparingInt(Edit::start));
    StringBuilder text = new StringBuilder();
    List<Marked> marked = new ArrayList<>();
    int done = 0;
    for (Edit edit : edits) {
      if (edit.start < done) {
        throw new IllegalArgumentException("two faults in one place: " + edit.fault);
      }
      text.append(original, done, edit.start);
      int close = 0;
      for (int open = edit.text.indexOf(OPEN); open >= 0; open = edit.text.indexOf(OPEN, close)) {
        text.append(edit.text, close, open);
        close = edit.text.indexOf(CLOSE, open) + 1;
        int start = length(text);
        text.append(edit.text, open + 1, close - 1);
        marked.add(new Marked(edit.fault, new Span(start, length(text))));
      }
      text.append(edit.text, close, edit.text.length());
      done = edit.end;
    }
    text.append(original, done, original.length());
    return new Copy(text.toString(), List.copyOf(marked));
  }

  private Edit edit(String original, String piece, String text) {
    int start = original.indexOf(piece);
    if (start < 0 || original.indexOf(piece, start + 1) >= 0) {
      throw new IllegalArgumentException("does not stand there exactly once: " + piece);
    }
    return new Edit(start, start + piece.length(), text, this);
  }

  private static String unmarked(String text) {
    return text.replace(OPEN, "").replace(CLOSE, "");
  }

  private static int length(StringBuilder text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public String toString() {
    return code + " " + title;
  }
}
