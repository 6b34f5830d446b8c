package io.byteport.sim.host;

import io.byteport.sim.host.program.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** What a shell makes of the line that a client sends. */
final class Login {
  private static final String START = "byteport-start";

  private Login() {}

  /** The client's own script says where the output begins, then runs the program. */
  static Reply run(SimulatedHost host, String line, Supplier<byte[]> stdin) {
    List<String> words;
    try {
      words = CommandLine.words(line);
    } catch (IllegalArgumentException e) {
      return new Reply(2, new byte[0], bytes("sh: " + e.getMessage() + "\n"));
    }
    int start = words.indexOf(START);
    if (start < 0 || start + 3 >= words.size()) {
      return new Reply(127, new byte[0], bytes("sh: nothing is known here but programs\n"));
    }
    String mark = words.get(start + 1);
    List<String> rest = words.subList(start + 3, words.size());
    int program = 0;
    while (program < rest.size() && rest.get(program).matches("[A-Za-z_][A-Za-z0-9_]*=(?s).*")) {
      program++;
    }
    Reply reply = host.run(rest.subList(program, rest.size()), stdin);
    return new Reply(
        reply.status(),
        joined(bytes(mark + " 4711\n"), reply.stdout()),
        joined(bytes(mark + "\n"), reply.stderr()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
