package io.byteport.adapter.notify.slack;

import io.byteport.adapter.notify.Telling;
import java.util.Locale;

/** What the room of an incident is called: at most 80 of {@code a-z0-9_-}. Pure. */
final class RoomName {
  private static final int LONGEST = 76;
  private static final int DIGEST = 6;

  private RoomName() {}

  /** {@code inc-queue_full-api-1-3fa9c2}: the same for the same incident. */
  static String of(String prefix, Telling telling) {
    String target = telling.message().subject().target();
    String last = target.substring(target.lastIndexOf('/') + 1);
    String digest = telling.incident().substring(0, DIGEST);
    String what = clean(telling.message().subject().signal()) + "-" + clean(last);
    int room = LONGEST - prefix.length() - digest.length() - 1;
    String cut = what.length() > room ? what.substring(0, room) : what;
    return (prefix + cut + "-" + digest).replaceAll("-{2,}", "-");
  }

  /** The first has no number. */
  static String numbered(String name, int number) {
    return number == 1 ? name : name + "-" + number;
  }

  private static String clean(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
  }
}
