package io.byteport.dsl.expr;

import java.util.List;

/**
 * A function of the library, as data: what the type checker, completion and the reference need. The
 * evaluator holds the meaning of each by name, and a test holds the two equal.
 *
 * @param name as it is called
 * @param parameters in order; the last may repeat if {@code variadic}
 * @param variadic whether the last parameter takes any number of arguments, one at least
 * @param returns the result type in words, for the reference
 * @param doc one sentence
 * @param examples expression and result, each a test
 */
public record Function(
    String name,
    List<Parameter> parameters,
    boolean variadic,
    String returns,
    String doc,
    List<Example> examples) {

  public Function {
    parameters = List.copyOf(parameters);
    examples = List.copyOf(examples);
  }

  /**
   * @param type the accepted types in words, for messages and the reference
   * @param lambda whether the argument is an expression over {@code $}
   */
  public record Parameter(String name, String type, boolean optional, boolean lambda) {}

  public record Example(String expression, String result) {}

  /** Whether the argument at this index is an expression over {@code $} for each element. */
  public boolean lambda(int argument) {
    int index = Math.min(argument, parameters.size() - 1);
    return index >= 0 && parameters.get(index).lambda();
  }
}
