package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.model.Runbook;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Flags that a runbook's inputs define: {@code --pod x} and {@code --pod=x} become the labels that
 * the inputs are taken from.
 */
final class InputFlags {
  private InputFlags() {}

  /**
   * @param rest what the command's own options left over
   * @param options the command's own options, since a misspelt one is left over too
   * @return labels by the first name that each input listens to
   * @throws UsageException for a flag that is no input, or one without a value
   */
  static Map<String, String> parse(
      CheckedRunbook runbook, List<String> rest, List<String> options) {
    Map<String, String> labels = new LinkedHashMap<>();
    Iterator<String> words = rest.iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (!word.startsWith("--") || word.length() == 2) {
        throw new UsageException("unexpected argument `" + word + "`");
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
      Runbook.Input input = runbook.runbook().inputs().get(name);
      if (input == null) {
        throw new UsageException(unknown(name, runbook.runbook().inputs().keySet(), options));
      }
      if (equals < 0 && !words.hasNext()) {
        throw new UsageException("--" + name + " needs a value");
      }
      labels.put(label(input), equals < 0 ? words.next() : word.substring(equals + 1));
    }
    return labels;
  }

  /**
   * Where flags are all there is, those of required inputs must be among them.
   *
   * @param labels what {@link #parse} returned
   * @throws UsageException naming the flags that are missing
   */
  static void requireAll(CheckedRunbook runbook, Map<String, String> labels) {
    List<String> missing =
        runbook.runbook().inputs().values().stream()
            .filter(input -> input.required() && input.defaultValue() == null)
            .filter(input -> !labels.containsKey(label(input)))
            .map(input -> "--" + input.id().name())
            .toList();
    if (!missing.isEmpty()) {
      throw new UsageException(
          "`" + runbook.id() + "` needs " + String.join(" and ", missing) + ", or --signal FILE");
    }
  }

  private static String label(Runbook.Input input) {
    return input.from().isEmpty() ? input.id().name() : input.from().getFirst();
  }

  private static String unknown(String name, Set<String> inputs, List<String> options) {
    String inputsList =
        inputs.isEmpty() ? "" : "; the runbook's inputs are --" + String.join(", --", inputs);
    List<String> known = new ArrayList<>(options);
    inputs.forEach(input -> known.add("--" + input));
    return "unknown option `--"
        + name
        + "`"
        + Suggestions.nearest("--" + name, known)
            .map(near -> ", did you mean `" + near + "`?")
            .orElse(inputsList);
  }
}
