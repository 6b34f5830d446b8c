package io.byteport.adapter.host.mapping;

import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.ActionException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what docker and crictl print about the disk that images hold. */
public final class ContainerMapper {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kKMGTP]?)(i?)B.*");

  private ContainerMapper() {}

  /** Sizes of one type of {@code docker system df}. */
  public record Usage(DataSize size, DataSize reclaimable) {
    static final Usage NONE = new Usage(new DataSize(0), new DataSize(0));
  }

  /**
   * @param json of {@code docker system df --format '{{json .}}'}, an object a line
   * @return by type: {@code Images}, {@code Containers}, {@code Local Volumes}, {@code Build Cache}
   */
  public static Map<String, Usage> dockerUsage(String json) throws ActionException {
    Map<String, Usage> usage = new LinkedHashMap<>();
    for (String line : json.split("\n", -1)) {
      if (!line.isBlank()) {
        JsonNode row = parse("docker system df", line);
        usage.put(
            row.path("Type").asString(""),
            new Usage(
                size(row.path("Size").asString("")), size(row.path("Reclaimable").asString(""))));
      }
    }
    if (usage.isEmpty()) {
      throw Malformed.answer("docker system df", json);
    }
    return usage;
  }

  /** Docker counts in powers of 1000; {@code 1.2GB (50%)} too. */
  static DataSize size(String text) throws ActionException {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw Malformed.answer("docker", text);
    }
    int base = size.group(3).isEmpty() ? 1000 : 1024;
    int power =
        " KMGTP".indexOf(size.group(2).isEmpty() ? " " : size.group(2).toUpperCase(Locale.ROOT));
    return new DataSize(Math.round(Double.parseDouble(size.group(1)) * Math.pow(base, power)));
  }

  /**
   * @param imagefs of {@code crictl imagefsinfo -o json}
   */
  public static DataSize imageBytes(String imagefs) throws ActionException {
    JsonNode root = parse("crictl imagefsinfo", imagefs);
    JsonNode status = root.path("status");
    JsonNode all = status.isArray() ? status : status.path("imageFilesystems");
    long bytes = 0;
    for (JsonNode each : all) {
      bytes += number(each.path("usedBytes").path("value"));
    }
    return new DataSize(bytes);
  }

  /**
   * The images that no container uses.
   *
   * @param images of {@code crictl images -o json}
   * @param containers of {@code crictl ps -a -o json}
   */
  public static DataSize reclaimable(String images, String containers) throws ActionException {
    Set<String> used = new HashSet<>();
    for (JsonNode container : parse("crictl ps", containers).path("containers")) {
      used.add(container.path("imageRef").asString(""));
      used.add(container.path("image").path("image").asString(""));
    }
    long bytes = 0;
    for (JsonNode image : parse("crictl images", images).path("images")) {
      boolean inUse =
          used.contains(image.path("id").asString("")) || image.path("pinned").asBoolean(false);
      for (JsonNode name : image.path("repoDigests")) {
        inUse |= used.contains(name.asString(""));
      }
      for (JsonNode name : image.path("repoTags")) {
        inUse |= used.contains(name.asString(""));
      }
      bytes += inUse ? 0 : number(image.path("size"));
    }
    return new DataSize(bytes);
  }

  /** Numbers stand as text in the JSON of protocol buffers. */
  private static long number(JsonNode node) {
    String text = node.asString("0");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static JsonNode parse(String program, String json) throws ActionException {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw Malformed.answer(program, json);
    }
  }
}
