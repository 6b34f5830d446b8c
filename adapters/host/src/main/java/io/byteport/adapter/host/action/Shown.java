package io.byteport.adapter.host.action;

import io.byteport.adapter.host.machine.CommandLine;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import java.util.ArrayList;
import java.util.List;

/** Commands as an operator would paste them. */
public final class Shown {
  private Shown() {}

  /** One program. */
  public static List<String> program(String... argv) {
    return List.of(argv);
  }

  /**
   * Several commands, for a shell.
   *
   * @param line shell text, its data quoted by {@link #words}
   */
  public static List<String> shell(String line) {
    return List.of("sh", "-c", line);
  }

  /** Words as a shell reads them, quoted. */
  public static String words(List<String> words) {
    return CommandLine.of(words);
  }

  /** The same, for one word. */
  public static String word(String word) {
    return CommandLine.of(List.of(word));
  }

  /** On that machine: as it is here, else over ssh, where a shell takes it apart. */
  static List<String> on(Machines machines, Host host, List<String> command) {
    List<String> prefix = machines.prefix(host);
    if (prefix.isEmpty()) {
      return command;
    }
    List<String> words = new ArrayList<>(prefix);
    boolean script =
        command.size() == 3 && command.get(0).equals("sh") && command.get(1).equals("-c");
    words.add(script ? command.get(2) : CommandLine.of(command));
    return words;
  }
}
