package io.byteport.sim.host.program;

import io.byteport.sim.host.scenario.Scenario;
import io.byteport.sim.host.scenario.Scenario.CommandSpec;
import io.byteport.sim.host.scenario.Scenario.EffectSpec;
import io.byteport.sim.host.system.Insides;
import io.byteport.sim.host.system.NoSuchFile;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs of one machine, by name; scripts of the adapters have theirs among them. */
public final class Shelf {
  private static final Map<String, Program> ALL =
      Stream.of(
              CleaningPrograms.all(),
              DiskPrograms.all(),
              FilePrograms.all(),
              MachineScripts.all(),
              MemoryScripts.all(),
              SweepScripts.all(),
              TaskScripts.all(),
              UnitPrograms.all(),
              BackupScripts.all(),
              CertificatePrograms.all())
          .flatMap(programs -> programs.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final String CERTIFICATES = "certificates";

  /** What a machine has only if its scenario says so. */
  private static final Map<String, String> INSTALLED =
      Map.of(
          "apt-get",
          "apt",
          "yum",
          "yum",
          "dnf",
          "dnf",
          "pip",
          "pip",
          "npm",
          "npm",
          "docker",
          "docker",
          "crictl",
          "containerd",
          "certbot",
          CERTIFICATES,
          "nginx",
          CERTIFICATES);

  private final Map<String, Program> programs = new LinkedHashMap<>();
  private final List<CommandSpec> declared;

  private Shelf(Scenario scenario) {
    this.declared = scenario.commands();
    Set<String> installed =
        Stream.concat(
                scenario.caches().keySet().stream(),
                scenario.containers().stream().map(Scenario.ContainersSpec::runtime))
            .collect(Collectors.toCollection(HashSet::new));
    if (!scenario.certificates().isEmpty()) {
      installed.add(CERTIFICATES);
    }
    ALL.forEach(
        (name, program) -> {
          if (!INSTALLED.containsKey(name) || installed.contains(INSTALLED.get(name))) {
            programs.put(name, program);
          }
        });
  }

  public static Shelf of(Scenario scenario) {
    return new Shelf(scenario);
  }

  /** Whether there is a program of that name. */
  boolean has(String name) {
    return programs.containsKey(name)
        || declared.stream().anyMatch(command -> command.run().getFirst().equals(name));
  }

  /**
   * Runs a program. What the scenario declares comes before what the machine would do by itself.
   *
   * @param name of the program, or of a script
   */
  public Reply run(String name, Call call) {
    for (CommandSpec command : declared) {
      if (matches(command.run(), name, call.arguments())) {
        command.effects().forEach(effect -> apply(effect, call.machine()));
        return Reply.both(command.status(), command.prints(), command.complains());
      }
    }
    Program program = programs.get(name);
    if (program == null) {
      return Reply.fails(127, "env: ‘" + name + "’: No such file or directory");
    }
    try {
      return program.run(call);
    } catch (NoSuchFile e) {
      return Reply.fails(1, name + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return Reply.fails(2, name + ": " + e.getMessage());
    }
  }

  private static boolean matches(List<String> pattern, String name, List<String> arguments) {
    boolean open = pattern.getLast().equals("**");
    int fixed = pattern.size() - (open ? 2 : 1);
    if (!pattern.getFirst().equals(name)
        || (open ? arguments.size() < fixed : arguments.size() != fixed)) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      if (!pattern.get(i + 1).equals("*") && !pattern.get(i + 1).equals(arguments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static void apply(EffectSpec effect, Insides machine) {
    effect.write().ifPresent(machine.files()::write);
    effect.delete().ifPresent(machine.files()::delete);
    effect.unit().ifPresent(unit -> machine.turn(unit, effect.state()));
  }
}
