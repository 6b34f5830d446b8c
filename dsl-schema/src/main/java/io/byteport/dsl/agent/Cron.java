package io.byteport.dsl.agent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When something happens again and again, as crontab(5) writes it: minute, hour, day of the month,
 * month, day of the week. Each is {@code *}, a number, a range, either with a step, or several of
 * these with commas between them; months and days of the week may be written as three letters.
 */
final class Cron {
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern PART =
      Pattern.compile("(?:\\*|([A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?)(?:/([0-9]{1,4}))?");
  private static final List<Field> FIELDS =
      List.of(
          new Field("a minute", 0, 59, List.of()),
          new Field("an hour", 0, 23, List.of()),
          new Field("a day of the month", 1, 31, List.of()),
          new Field(
              "a month",
              1,
              12,
              List.of(
                  "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                  "DEC")),
          new Field(
              "a day of the week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")));
  private static final int DAY = 2;
  private static final int MONTH = 3;
  private static final int WEEKDAY = 4;
  private static final int[] LONGEST = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /**
   * @param name with its article
   * @param names of the numbers from {@code minimum} on
   */
  private record Field(String name, int minimum, int maximum, List<String> names) {
    String expected() {
      return name
          + " from "
          + minimum
          + " to "
          + maximum
          + (names.isEmpty() ? "" : " or `" + names.getFirst() + "` to `" + names.getLast() + "`");
    }
  }

  /**
   * Why a text is no such schedule.
   *
   * @param start the first of its characters that are wrong
   * @param end behind the last of them
   * @param message expected and found
   */
  record Fault(int start, int end, String message) {}

  private Cron() {}

  /** What is wrong with a text; null where it is a schedule. */
  static @Nullable Fault fault(String text) {
    List<BitSet> times = new ArrayList<>();
    List<MatchResult> words = WORD.matcher(text).results().toList();
    if (words.size() != FIELDS.size()) {
      return new Fault(
          0,
          text.codePointCount(0, text.length()),
          "expected five fields, minute, hour, day of the month, month and day of the week, found "
              + words.size());
    }
    for (int i = 0; i < FIELDS.size(); i++) {
      MatchResult word = words.get(i);
      BitSet set = times(word.group(), FIELDS.get(i));
      if (set == null) {
        return new Fault(
            text.codePointCount(0, word.start()),
            text.codePointCount(0, word.end()),
            "expected " + FIELDS.get(i).expected() + ", found `" + word.group() + "`");
      }
      times.add(set);
    }
    return never(text, times);
  }

  /** A day that no month has is never. */
  private static @Nullable Fault never(String text, List<BitSet> times) {
    if (times.get(WEEKDAY).cardinality() < 7) {
      return null;
    }
    int first = times.get(DAY).nextSetBit(0);
    BitSet months = times.get(MONTH);
    for (int month = months.nextSetBit(0); month >= 0; month = months.nextSetBit(month + 1)) {
      if (first <= LONGEST[month - 1]) {
        return null;
      }
    }
    return new Fault(
        0,
        text.codePointCount(0, text.length()),
        "expected a day that there is, found `" + text + "`, which never comes");
  }

  private static @Nullable BitSet times(String word, Field field) {
    BitSet all = new BitSet();
    for (String part : List.of(word.split(",", -1))) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        return null;
      }
      int from = field.minimum();
      int to = field.maximum();
      if (matcher.group(1) != null) {
        from = number(matcher.group(1), field);
        to = matcher.group(2) == null ? from : number(matcher.group(2), field);
      }
      boolean single = matcher.group(1) != null && matcher.group(2) == null;
      int step = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
      if (from < 0 || to < from || step < 1 || (single && matcher.group(3) != null)) {
        return null;
      }
      for (int time = from; time <= to; time += step) {
        all.set(field.maximum() == 7 && time == 7 ? 0 : time);
      }
    }
    return all;
  }

  /** -1 where the word is none of the field's. */
  private static int number(String word, Field field) {
    int named = field.names().indexOf(word.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return field.minimum() + named;
    }
    if (!word.matches("[0-9]{1,2}")) {
      return -1;
    }
    int number = Integer.parseInt(word);
    return number >= field.minimum() && number <= field.maximum() ? number : -1;
  }
}
