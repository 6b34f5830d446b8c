package io.byteport.adapter.host.change;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What may be run on a machine. Its entry can say so in the setting {@code programs}: a list of
 * command lines, words separated by spaces, in which {@code *} stands for any one argument, a word
 * that ends with {@code *} for any argument that begins so, and {@code **} at the end for any
 * further arguments. Without the setting everything may be run but what would take an argument for a
 * program of its own: shells.
 */
final class AllowedPrograms {
  private static final Set<String> SHELLS =
      Set.of("sh", "ash", "bash", "busybox", "csh", "dash", "fish", "ksh", "mksh", "tcsh", "zsh");

  private AllowedPrograms() {}

  /**
   * @throws ActionException FORBIDDEN if the machine's entry does not allow it
   */
  static void check(Entry entry, List<String> argv) throws ActionException {
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw ActionException.refused(FailureKind.INVALID, "there is no program to run");
    }
    String program = argv.getFirst();
    List<String> programs = entry.texts("programs");
    if (entry.settings().containsKey("programs")) {
      if (programs.stream().noneMatch(line -> matches(words(line), argv))) {
        throw ActionException.refused(
            FailureKind.FORBIDDEN,
            "`"
                + program
                + "` with these arguments is not among the programs of "
                + entry.name()
                + ": "
                + String.join("; ", programs));
      }
    } else if (SHELLS.contains(program.substring(program.lastIndexOf('/') + 1))) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "`"
              + program
              + "` is a shell, which takes data for programs; run the program itself, or list the"
              + " command line in `programs` of "
              + entry.name());
    }
  }

  private static List<String> words(String line) {
    return Arrays.asList(line.strip().split(" +"));
  }

  static boolean matches(List<String> pattern, List<String> argv) {
    boolean open = pattern.size() > 1 && pattern.getLast().equals("**");
    int fixed = open ? pattern.size() - 1 : pattern.size();
    if (open ? argv.size() < fixed : argv.size() != fixed) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      String word = pattern.get(i);
      boolean same =
          i > 0 && word.endsWith("*")
              ? argv.get(i).startsWith(word.substring(0, word.length() - 1))
              : argv.get(i).equals(word);
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
