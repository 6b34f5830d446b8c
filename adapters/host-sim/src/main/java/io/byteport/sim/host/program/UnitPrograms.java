package io.byteport.sim.host.program;

import io.byteport.sim.host.scenario.Scenario.LogLine;
import io.byteport.sim.host.system.Files;
import io.byteport.sim.host.system.Inode;
import io.byteport.sim.host.system.Insides;
import io.byteport.sim.host.system.Task;
import io.byteport.sim.host.system.UnitState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** systemd as far as it is asked: units, the journal and the log of the kernel. */
final class UnitPrograms {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern AMOUNT = Pattern.compile("-?(\\d+)([a-zA-Z]+)");

  private UnitPrograms() {}

  static Map<String, Program> all() {
    return Map.of(
        "systemctl", UnitPrograms::systemctl,
        "journalctl", UnitPrograms::journalctl,
        "dmesg", UnitPrograms::dmesg,
        "byteport-restart", UnitPrograms::restart);
  }

  private static Reply systemctl(Call call) {
    String name = call.arguments().getLast();
    String full = name.contains(".") ? name : name + ".service";
    Optional<UnitState> unit = call.machine().unit(full);
    return switch (call.argument(0)) {
      case "show" -> Reply.prints(show(full, unit, call));
      case "is-active" ->
          Reply.both(
              unit.filter(each -> each.active().equals("active")).isPresent() ? 0 : 3,
              unit.map(UnitState::active).orElse("inactive") + "\n",
              "");
      case "reload" -> unit.isPresent() ? reload(full, call) : unknown(full);
      case "restart" ->
          unit.isPresent()
              ? call.machine()
                  .restart(unit.get())
                  .map(words -> Reply.fails(1, words))
                  .orElse(Reply.SILENT)
              : unknown(full);
      default -> Reply.fails(1, "Unknown command verb '" + call.argument(0) + "'.");
    };
  }

  private static Reply unknown(String unit) {
    return Reply.fails(5, "Unit " + unit + " not found.");
  }

  private static Reply reload(String unit, Call call) {
    call.machine().changes().add("reloaded " + unit);
    return Reply.SILENT;
  }

  private static String show(String name, Optional<UnitState> unit, Call call) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("Id", name);
    properties.put("LoadState", unit.isPresent() ? "loaded" : "not-found");
    properties.put("ActiveState", unit.map(UnitState::active).orElse("inactive"));
    properties.put("Result", unit.map(UnitState::result).orElse("success"));
    unit.ifPresent(
        each -> {
          String since = TIME.format(each.since());
          properties.put("SubState", each.active().equals("active") ? "running" : "dead");
          properties.put("NRestarts", Integer.toString(each.spec().restarts()));
          properties.put("ActiveEnterTimestamp", each.active().equals("active") ? since : "");
          properties.put("StateChangeTimestamp", since);
          properties.put("InvocationID", each.invocation());
          properties.put("ControlGroup", "/system.slice/" + name);
          long pid = call.machine().tasks().of(name).map(Task::pid).orElse(0L);
          properties.put("MainPID", Long.toString(pid));
        });
    List<String> asked = List.of(call.option("property").split(",", -1));
    StringBuilder lines = new StringBuilder();
    properties.forEach(
        (key, value) -> {
          if (asked.contains(key)) {
            lines.append(key).append('=').append(value).append('\n');
          }
        });
    return lines.toString();
  }

  /** Arguments: unit, seconds of grace or nothing, the invocation that is to end. */
  private static Reply restart(Call call) {
    Optional<UnitState> unit = call.machine().unit(call.argument(0));
    if (unit.isEmpty()) {
      return unknown(call.argument(0));
    }
    String grace = call.argument(1);
    boolean killed =
        !grace.isEmpty() && unit.get().spec().stopsIn().toSeconds() > Long.parseLong(grace);
    Optional<String> words = call.machine().restart(unit.get());
    return words.isPresent()
        ? Reply.both(6, killed ? "killed\n" : "", words.get() + "\n")
        : Reply.prints(killed ? "killed\n" : "");
  }

  private static Reply journalctl(Call call) {
    Insides machine = call.machine();
    if (machine.scenario().journal().isEmpty()) {
      return Reply.fails(1, "No journal files were found.");
    }
    if (call.arguments().contains("--disk-usage")) {
      return Reply.prints(
          String.format(
              Locale.ROOT,
              "Archived and active journals take up %.1fM in the file system.\n",
              total(journal(machine), machine) / 1048576.0));
    }
    if (!call.option("vacuum-size").isEmpty()) {
      return vacuum(machine, bytes(call.option("vacuum-size")), Duration.ofDays(100_000));
    }
    if (!call.option("vacuum-time").isEmpty()) {
      return vacuum(machine, Long.MAX_VALUE, time(call.option("vacuum-time")));
    }
    return lines(call);
  }

  private static List<String> journal(Insides machine) {
    return machine.files().below(Insides.JOURNAL).stream()
        .sorted(
            Comparator.comparing(
                path -> machine.files().at(path).orElseThrow().modifiedAt(machine.now())))
        .toList();
  }

  private static long total(List<String> journal, Insides machine) {
    return journal.stream()
        .mapToLong(path -> machine.files().at(path).orElseThrow().size(machine.now()))
        .sum();
  }

  /** Oldest first; the active file stays. */
  private static Reply vacuum(Insides machine, long most, Duration age) {
    List<String> journal = new ArrayList<>(journal(machine));
    StringBuilder said = new StringBuilder();
    while (journal.size() > 1) {
      Files files = machine.files();
      Inode oldest = files.at(journal.getFirst()).orElseThrow();
      boolean old = oldest.modifiedAt(machine.now()).isBefore(machine.now().minus(age));
      if (!old && total(journal, machine) <= most) {
        break;
      }
      said.append("Deleted archived journal ").append(journal.getFirst()).append(".\n");
      files.delete(journal.removeFirst());
    }
    return Reply.both(0, "", said + "Vacuuming done.\n");
  }

  private static Reply lines(Call call) {
    Insides machine = call.machine();
    String unit = call.option("unit");
    Duration since =
        call.option("since").isEmpty() ? Duration.ofDays(10_000) : time(call.option("since"));
    String number = call.option("lines");
    Pattern grep = Pattern.compile(call.option("grep"));
    List<String> found = new ArrayList<>();
    for (LogLine line : machine.scenario().journal().orElseThrow().lines()) {
      Instant at = machine.scenario().startAt().minus(line.age());
      boolean mine = unit.isEmpty() || line.unit().equals(unit);
      if (mine && !at.isBefore(machine.now().minus(since)) && grep.matcher(line.text()).find()) {
        found.add(
            "{\"__REALTIME_TIMESTAMP\":\""
                + at.toEpochMilli() * 1000
                + "\",\"MESSAGE\":\""
                + line.text().replace("\\", "\\\\").replace("\"", "\\\"")
                + "\"}\n");
      }
    }
    int most = number.isEmpty() ? found.size() : Integer.parseInt(number);
    return Reply.prints(
        String.join("", found.subList(Math.max(0, found.size() - most), found.size())));
  }

  private static Reply dmesg(Call call) {
    List<String> levels = List.of(call.option("level").split(",", -1));
    StringBuilder lines = new StringBuilder();
    for (LogLine line : call.machine().scenario().kernelLog()) {
      if (levels.contains(line.level())) {
        String at =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss,SSS'000+00:00'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(call.machine().scenario().startAt().minus(line.age()));
        lines.append(at).append(' ').append(line.text()).append('\n');
      }
    }
    return Reply.prints(lines.toString());
  }

  /** Powers of 1024, as systemd has it. */
  private static long bytes(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      return Long.parseLong(text);
    }
    int power = "BKMGT".indexOf(Character.toUpperCase(amount.group(2).charAt(0)));
    return Long.parseLong(amount.group(1)) << (10 * Math.max(0, power));
  }

  private static Duration time(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      return Duration.ZERO;
    }
    long number = Long.parseLong(amount.group(1));
    return switch (amount.group(2)) {
      case "d" -> Duration.ofDays(number);
      case "h" -> Duration.ofHours(number);
      case "m", "min" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
