package io.byteport.sim.host.program;

import io.byteport.sim.host.scenario.Scenario.RotationSpec;
import io.byteport.sim.host.system.Files;
import io.byteport.sim.host.system.Images;
import io.byteport.sim.host.system.Images.Kept;
import io.byteport.sim.host.system.Images.Use;
import io.byteport.sim.host.system.Inode;
import io.byteport.sim.host.system.Insides;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Programs that keep things and can throw them away: containers, packages, logs. */
final class CleaningPrograms {
  private CleaningPrograms() {}

  static Map<String, Program> all() {
    return Map.of(
        "docker", CleaningPrograms::docker,
        "crictl", CleaningPrograms::crictl,
        "apt-get", call -> empty(call, "apt", "clean"),
        "yum", call -> empty(call, "yum", "clean"),
        "dnf", call -> empty(call, "dnf", "clean"),
        "pip", call -> empty(call, "pip", "cache"),
        "npm", call -> empty(call, "npm", "cache"),
        "logrotate", CleaningPrograms::logrotate);
  }

  private static Reply docker(Call call) {
    Images images = call.machine().images();
    String words = String.join(" ", call.arguments());
    if (words.startsWith("system df")) {
      return Reply.prints(
          row("Images", images, Use.IMAGE)
              + row("Containers", images, Use.CONTAINER)
              + "{\"Type\":\"Local Volumes\",\"Size\":\"0B\",\"Reclaimable\":\"0B\"}\n"
              + row("Build Cache", images, Use.BUILD_CACHE));
    }
    if (words.startsWith("system prune")) {
      Duration age = words.contains("until=72h") ? Duration.ofHours(72) : Duration.ZERO;
      return pruned(images.prune(List.of(Use.values()), age));
    }
    if (words.startsWith("image prune")) {
      return pruned(images.prune(List.of(Use.IMAGE), Duration.ZERO));
    }
    if (words.startsWith("builder prune")) {
      return pruned(images.prune(List.of(Use.BUILD_CACHE), Duration.ZERO));
    }
    return Reply.fails(1, "docker: '" + words + "' is not a docker command.");
  }

  private static Reply pruned(long bytes) {
    return Reply.prints("Total reclaimed space: " + decimal(bytes) + "\n");
  }

  private static String row(String type, Images images, Use use) {
    long all = 0;
    long free = 0;
    for (Kept each : images.all()) {
      if (each.use() == use) {
        all += images.size(each);
        free += each.needed() ? 0 : images.size(each);
      }
    }
    return String.format(
        Locale.ROOT,
        "{\"Type\":\"%s\",\"Size\":\"%s\",\"Reclaimable\":\"%s\"}\n",
        type,
        decimal(all),
        decimal(free));
  }

  /** Docker counts in powers of 1000 and rounds to four digits. */
  private static String decimal(long bytes) {
    double amount = bytes;
    int power = 0;
    while (amount >= 1000 && power < 4) {
      amount /= 1000;
      power++;
    }
    return String.format(Locale.ROOT, "%.4g", amount)
            .replaceAll("(\\.\\d*?)0+$", "$1")
            .replaceAll("\\.$", "")
        + List.of("B", "kB", "MB", "GB", "TB").get(power);
  }

  private static Reply crictl(Call call) {
    Images images = call.machine().images();
    String words = String.join(" ", call.arguments());
    if (words.equals("rmi --prune")) {
      images.prune(List.of(Use.IMAGE), Duration.ZERO);
      return Reply.SILENT;
    }
    StringBuilder all = new StringBuilder();
    StringBuilder used = new StringBuilder();
    long bytes = 0;
    for (Kept each : images.all()) {
      bytes += images.size(each);
      String name = "{\"id\":\"" + each.name() + "\",\"size\":\"" + images.size(each) + "\"}";
      all.append(all.isEmpty() ? "" : ",").append(name);
      if (each.needed()) {
        used.append(used.isEmpty() ? "" : ",").append("{\"imageRef\":\"" + each.name() + "\"}");
      }
    }
    return switch (call.argument(0)) {
      case "imagefsinfo" ->
          Reply.prints(
              "{\"status\":{\"imageFilesystems\":[{\"usedBytes\":{\"value\":\""
                  + bytes
                  + "\"}}]}}");
      case "images" -> Reply.prints("{\"images\":[" + all + "]}");
      case "ps" -> Reply.prints("{\"containers\":[" + used + "]}");
      default -> Reply.fails(1, "No help topic for '" + call.argument(0) + "'");
    };
  }

  private static Reply empty(Call call, String manager, String verb) {
    if (!call.argument(0).equals(verb)) {
      return Reply.fails(1, manager + " does not know `" + call.argument(0) + "` here");
    }
    call.machine().files().delete(Insides.cache(manager));
    return Reply.SILENT;
  }

  /** Each log becomes its first old one, compressed if so configured; the oldest goes. */
  private static Reply logrotate(Call call) {
    Insides machine = call.machine();
    for (RotationSpec rotation : machine.scenario().rotations()) {
      machine.files().at(rotation.path()).ifPresent(log -> rotate(rotation, log, machine));
    }
    return Reply.SILENT;
  }

  private static void rotate(RotationSpec rotation, Inode log, Insides machine) {
    Files files = machine.files();
    String path = rotation.path();
    for (String suffix : List.of("", ".gz")) {
      files.delete(path + "." + rotation.keep() + suffix);
      for (int i = rotation.keep() - 1; i >= 1; i--) {
        files.move(path + "." + i + suffix, path + "." + (i + 1) + suffix);
      }
    }
    files.move(path, path + ".1");
    files.write(path, 0, log);
    machine.tasks().opensAnew(log, files.at(path).orElseThrow());
    if (rotation.compress()) {
      SweepScripts.compress(path + ".1", log, machine);
    }
  }
}
