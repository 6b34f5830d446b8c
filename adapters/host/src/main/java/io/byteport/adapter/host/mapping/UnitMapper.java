package io.byteport.adapter.host.mapping;

import io.byteport.adapter.host.model.Unit;
import io.byteport.adapter.host.model.UnitState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code systemctl show} (properties by name, an empty line between units). */
public final class UnitMapper {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private UnitMapper() {}

  /** The properties of each unit, in order; a value may hold {@code =}. */
  public static List<Map<String, String>> properties(String text) {
    List<Map<String, String>> units = new ArrayList<>();
    Map<String, String> unit = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        unit.put(line.substring(0, equals), line.substring(equals + 1));
      } else if (line.isEmpty() && !unit.isEmpty()) {
        units.add(unit);
        unit = new LinkedHashMap<>();
      }
    }
    if (!unit.isEmpty()) {
      units.add(unit);
    }
    return units;
  }

  /** The unit of these properties; empty where systemd has none of that name. */
  public static Optional<Unit> unit(Map<String, String> properties) {
    Optional<UnitState> state = state(properties.getOrDefault("ActiveState", ""));
    if (state.isEmpty() || "not-found".equals(properties.get("LoadState"))) {
      return Optional.empty();
    }
    String restarts = properties.getOrDefault("NRestarts", "0");
    String since =
        state.get() == UnitState.ACTIVE
            ? properties.getOrDefault("ActiveEnterTimestamp", "")
            : properties.getOrDefault("StateChangeTimestamp", "");
    return Optional.of(
        new Unit(
            properties.getOrDefault("Id", ""),
            state.get(),
            restarts.matches("\\d{1,9}") ? Integer.parseInt(restarts) : 0,
            instant(since)));
  }

  /** States of later versions (maintenance, refreshing) are those that they most resemble. */
  private static Optional<UnitState> state(String text) {
    return switch (text) {
      case "active" -> Optional.of(UnitState.ACTIVE);
      case "reloading", "refreshing" -> Optional.of(UnitState.RELOADING);
      case "activating" -> Optional.of(UnitState.ACTIVATING);
      case "deactivating", "maintenance" -> Optional.of(UnitState.DEACTIVATING);
      case "inactive" -> Optional.of(UnitState.INACTIVE);
      case "failed" -> Optional.of(UnitState.FAILED);
      default -> Optional.empty();
    };
  }

  /**
   * A time as {@code Mon 2026-01-05 03:04:05 UTC} or {@code @1767582245}; null where there is none.
   */
  static @Nullable Instant instant(String text) {
    if (text.matches("@\\d{1,12}(\\.\\d+)?")) {
      return Instant.ofEpochSecond(Long.parseLong(text.substring(1).replaceAll("\\..*", "")));
    }
    String[] words = text.split(" ", -1);
    if (words.length != 4 || !(words[3].equals("UTC") || words[3].equals("GMT"))) {
      return null;
    }
    try {
      return LocalDateTime.parse(words[1] + " " + words[2].replaceAll("\\..*", ""), TIME)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
