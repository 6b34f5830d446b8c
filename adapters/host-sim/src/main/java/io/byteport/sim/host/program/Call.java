package io.byteport.sim.host.program;

import io.byteport.sim.host.system.Insides;
import java.util.List;
import java.util.function.Supplier;

/**
 * A program that somebody runs.
 *
 * @param arguments without the program's own name
 * @param stdin read only by programs that read it
 */
public record Call(List<String> arguments, Supplier<byte[]> stdin, Insides machine) {
  public Call {
    arguments = List.copyOf(arguments);
  }

  /** The argument at a place; empty where there is none. */
  String argument(int index) {
    return index < arguments.size() ? arguments.get(index) : "";
  }

  /** The value of {@code --name=value}; empty without it. */
  String option(String name) {
    String prefix = "--" + name + "=";
    return arguments.stream()
        .filter(each -> each.startsWith(prefix))
        .map(each -> each.substring(prefix.length()))
        .findFirst()
        .orElse("");
  }

  /** What stands behind the last {@code --}. */
  List<String> operands() {
    int last = arguments.lastIndexOf("--");
    return last < 0 ? List.of() : arguments.subList(last + 1, arguments.size());
  }
}
