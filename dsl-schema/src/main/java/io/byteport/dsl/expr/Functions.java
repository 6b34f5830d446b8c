package io.byteport.dsl.expr;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The library: every function that an expression may call, and no other. Each is pure. Null passes
 * through, so that a function of null is null, unless its sentence says otherwise; functions over
 * lists leave out elements that are null.
 */
public final class Functions {
  /** What {@code endpoints} finds; named as the type of the actions that take it. */
  public static final RecordType ENDPOINT = TextSignatures.ENDPOINT;

  private static final Map<String, List<Typed>> BY_NAME = collected();

  /** Types the result from the arguments. */
  interface Rule {
    Type type(Arguments arguments);
  }

  /** A function and its typing. */
  record Typed(Function function, Rule rule) {}

  /** Takes up one function after the other. */
  interface Library {
    void add(FunctionBuilder function, Rule rule);
  }

  private Functions() {}

  private static Map<String, List<Typed>> collected() {
    Map<String, List<Typed>> byName = new LinkedHashMap<>();
    Library library =
        (builder, rule) -> {
          Function function = builder.build();
          byName
              .computeIfAbsent(function.name(), name -> new ArrayList<>())
              .add(new Typed(function, rule));
        };
    ListSignatures.addTo(library);
    AggregateSignatures.addTo(library);
    TimeSignatures.addTo(library);
    NumberSignatures.addTo(library);
    TextSignatures.addTo(library);
    return byName;
  }

  /** All functions, overloads one by one, in the order of the reference. */
  public static List<Function> all() {
    return BY_NAME.values().stream().flatMap(List::stream).map(Typed::function).toList();
  }

  /**
   * The functions of a name, which differ in the number or kind of their arguments; empty where
   * there is none.
   */
  public static List<Function> named(String name) {
    return overloads(name).stream().map(Typed::function).toList();
  }

  /** Every name once. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  static List<Typed> overloads(String name) {
    return BY_NAME.getOrDefault(name, List.of());
  }
}
