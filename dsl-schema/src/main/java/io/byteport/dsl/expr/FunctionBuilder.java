package io.byteport.dsl.expr;

import io.byteport.dsl.expr.Function.Example;
import io.byteport.dsl.expr.Function.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Collects the parts of one function. */
final class FunctionBuilder {
  private final String name;
  private final String returns;
  private final String doc;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();
  private boolean variadic;

  private FunctionBuilder(String name, String returns, String doc) {
    this.name = name;
    this.returns = returns;
    this.doc = doc;
  }

  static FunctionBuilder of(String name, String returns, String doc) {
    return new FunctionBuilder(name, returns, doc);
  }

  FunctionBuilder with(String parameter, String type) {
    return parameter(parameter, type, false, false);
  }

  FunctionBuilder optional(String parameter, String type) {
    return parameter(parameter, type, true, false);
  }

  FunctionBuilder each(String parameter, String type) {
    return parameter(parameter, type, false, true);
  }

  FunctionBuilder eachOptional(String parameter, String type) {
    return parameter(parameter, type, true, true);
  }

  FunctionBuilder rest(String parameter, String type) {
    variadic = true;
    return parameter(parameter, type, false, false);
  }

  private FunctionBuilder parameter(
      String parameter, String type, boolean optional, boolean lambda) {
    parameters.add(new Parameter(parameter, type, optional, lambda));
    return this;
  }

  FunctionBuilder example(String expression, String result) {
    examples.add(new Example(expression, result));
    return this;
  }

  Function build() {
    return new Function(name, parameters, variadic, returns, doc, examples);
  }
}
