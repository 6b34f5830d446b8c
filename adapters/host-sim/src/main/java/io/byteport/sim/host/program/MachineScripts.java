package io.byteport.sim.host.program;

import io.byteport.sim.host.scenario.Scenario.HardwareSpec;
import java.util.List;
import java.util.Map;

/** The scripts that ask what machine this is and what it has. */
final class MachineScripts {
  private MachineScripts() {}

  static Map<String, Program> all() {
    return Map.of(
        "byteport-which", MachineScripts::which,
        "byteport-info", MachineScripts::info);
  }

  private static Reply which(Call call) {
    Shelf shelf = Shelf.of(call.machine().scenario());
    return Reply.nulSeparated(call.arguments().stream().filter(shelf::has).toList());
  }

  private static Reply info(Call call) {
    HardwareSpec hardware = call.machine().scenario().hardware();
    return Reply.nulSeparated(
        List.of(
            hardware.kernel() + "\n",
            "PRETTY_NAME=\"" + hardware.os() + "\"\n",
            hardware.instanceId()));
  }
}
