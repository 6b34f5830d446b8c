package io.byteport.adapter.host.change;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import java.util.Arrays;
import java.util.List;

/**
 * What may be run on a machine: what its entry lists in the setting {@code programs}, and nothing
 * without it. An element is a command line, words separated by spaces, in which {@code *} stands
 * for any one argument, a word that ends with {@code *} for any argument that begins so, and {@code
 * **} at the end for any further arguments.
 */
final class AllowedPrograms {
  private AllowedPrograms() {}

  /**
   * @throws ActionException FORBIDDEN if the machine's entry does not allow it
   */
  static void check(Entry entry, List<String> argv) throws ActionException {
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw ActionException.refused(FailureKind.INVALID, "there is no program to run");
    }
    List<String> programs = entry.texts("programs");
    if (programs.stream().noneMatch(line -> matches(words(line), argv))) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "`"
              + argv.getFirst()
              + "` with these arguments is not among the `programs` of "
              + entry.name()
              + (programs.isEmpty() ? ", which lists none" : ": " + String.join("; ", programs)));
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
