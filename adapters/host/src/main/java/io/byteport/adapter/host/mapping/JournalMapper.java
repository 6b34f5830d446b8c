package io.byteport.adapter.host.mapping;

import io.byteport.adapter.host.model.Line;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.ActionException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what journalctl(1) and dmesg(1) print. */
public final class JournalMapper {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern USAGE =
      Pattern.compile("take up ([0-9]+(?:\\.[0-9]+)?) ?([BKMGTP])?");
  private static final Pattern DMESG =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d,\\d+[+-]\\d\\d:?\\d\\d) ?(.*)");
  private static final Map<String, Long> UNITS =
      Map.of("B", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30, "T", 1L << 40, "P", 1L << 50);

  private JournalMapper() {}

  /**
   * @param json of {@code journalctl -o json}: an object a line (systemd's Journal JSON Format); a
   *     message that is no text is a list of bytes there
   */
  public static List<Line> lines(String json) throws ActionException {
    List<Line> lines = new ArrayList<>();
    for (String each : json.split("\n", -1)) {
      if (!each.isBlank()) {
        try {
          JsonNode entry = JSON.readTree(each);
          String at = entry.path("__REALTIME_TIMESTAMP").asString("");
          String message = message(entry.path("MESSAGE"));
          if (!at.matches("\\d{1,18}")) {
            throw Malformed.answer("journalctl", each);
          }
          lines.add(new Line(Instant.EPOCH.plus(Long.parseLong(at), ChronoUnit.MICROS), message));
        } catch (JacksonException e) {
          throw Malformed.answer("journalctl", each);
        }
      }
    }
    return lines;
  }

  private static String message(JsonNode message) {
    if (!message.isArray()) {
      return message.asString("");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (JsonNode each : message) {
      if (each.isNumber()) {
        bytes.write(each.asInt());
      } else {
        return message(each); // the field several times: the first counts
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Of {@code journalctl --disk-usage}; its units are powers of 1024. */
  public static DataSize diskUsage(String text) throws ActionException {
    Matcher usage = USAGE.matcher(text);
    if (!usage.find()) {
      throw Malformed.answer("journalctl --disk-usage", text);
    }
    long unit = UNITS.getOrDefault(usage.group(2) == null ? "B" : usage.group(2), 1L);
    return new DataSize(Math.round(Double.parseDouble(usage.group(1)) * unit));
  }

  /** Of {@code dmesg --time-format=iso}; a line without a time goes on with the one before. */
  public static List<Line> kernel(String text) {
    List<Line> lines = new ArrayList<>();
    for (String each : text.split("\n", -1)) {
      Matcher line = DMESG.matcher(each);
      @Nullable Instant at = line.matches() ? instant(line.group(1)) : null;
      if (at != null) {
        lines.add(new Line(at, line.group(2)));
      } else if (!each.isBlank() && !lines.isEmpty()) {
        Line last = lines.removeLast();
        lines.add(new Line(last.at(), last.text() + "\n" + each));
      }
    }
    return lines;
  }

  private static @Nullable Instant instant(String text) {
    String iso = text.replace(',', '.').replaceAll("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
