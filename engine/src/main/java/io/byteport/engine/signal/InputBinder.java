package io.byteport.engine.signal;

import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.model.Runbook.Input;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.LiteralCoercion.Coerced;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.TextCoercion;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.signal.InputBinding.Problem;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a runbook's inputs, named and typed, of the labels of a signal or the flags of a command.
 * Nothing is guessed: what was given and does not fit never gives way to a default. Safe for
 * several threads.
 *
 * <p>An input of a kind of the inventory becomes the entry that the text names. Where the inventory
 * has none of that name, an input that may be null is null; one that is required, has a default or
 * says what the incident is about is a problem. Where the inventory has no entry of that kind at
 * all, those are the bare name instead, for the adapter to judge.
 */
public final class InputBinder {
  private final DeclaredValues values;
  private final Inventory inventory;

  public InputBinder(Evaluator evaluator, Inventory inventory) {
    this.values = new DeclaredValues(evaluator);
    this.inventory = inventory;
  }

  /** From labels: each input tries its own in order; blank ones are as good as missing. */
  public InputBinding bind(EnabledRunbook enabled, Map<String, String> labels, Instant now) {
    Binding binding = new Binding(enabled, labels, now, "label");
    for (Input input : enabled.runbook().runbook().inputs().values()) {
      binding.bind(input, input.from(), true);
    }
    return binding.result();
  }

  /** From values of the inputs' types, by the inputs' own names, and from labels where none is. */
  public InputBinding bind(
      EnabledRunbook enabled, Map<String, Value> values, Map<String, String> labels, Instant now) {
    Binding binding = new Binding(enabled, labels, now, "label");
    for (Input input : enabled.runbook().runbook().inputs().values()) {
      Value value = values.get(input.id().name());
      if (value == null || value.isNull()) {
        binding.bind(input, value == null ? input.from() : List.of(), true);
      } else {
        binding.given(input, value);
      }
    }
    return binding.result();
  }

  /**
   * From flags, by the inputs' own names. Here nothing is ignored, and a name that is no input is a
   * problem.
   */
  public InputBinding bindFlags(EnabledRunbook enabled, Map<String, String> flags, Instant now) {
    Binding binding = new Binding(enabled, flags, now, "flag");
    Map<String, Input> inputs = enabled.runbook().runbook().inputs();
    for (Input input : inputs.values()) {
      binding.bind(input, List.of(input.id().name()), false);
    }
    for (String name : flags.keySet()) {
      if (!inputs.containsKey(name)) {
        binding.unknown(name, inputs.keySet());
      }
    }
    return binding.result();
  }

  /** One binding under way. */
  private final class Binding {
    private final EnabledRunbook enabled;
    private final Map<String, String> given;
    private final Instant now;
    private final String source;
    private final InventoryEntries entries;
    private final Set<String> anchors;
    private final Map<String, Value> bound = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> ignored = new ArrayList<>();

    Binding(EnabledRunbook enabled, Map<String, String> given, Instant now, String source) {
      this.enabled = enabled;
      this.given = given;
      this.now = now;
      this.source = source;
      this.entries = new InventoryEntries(inventory, enabled.runbook().catalogue());
      this.anchors = Anchors.of(enabled.runbook().runbook().target());
    }

    InputBinding result() {
      return new InputBinding(Value.of(bound), problems, ignored);
    }

    void bind(Input input, List<String> from, boolean lenient) {
      String name = input.id().name();
      Type type = enabled.runbook().inputs().getOrDefault(name, Type.Special.ANY);
      boolean forgiving = lenient && type.mayBeNull() && !anchors.contains(name);
      bound.put(name, Value.NULL);
      List<String> misfits = new ArrayList<>();
      for (String label : from) {
        String text = given.get(label);
        if (text == null || text.isBlank()) {
          continue;
        }
        switch (coerce(text.strip(), type.nonNull(), forgiving)) {
          case Fits fits -> {
            bound.put(name, fits.value());
            return;
          }
          case Misfit misfit -> misfits.add(source + " `" + label + "`: " + sentence(misfit));
        }
      }
      if (!misfits.isEmpty()) {
        Problem problem =
            new Problem(
                name, "`" + name + "` (" + written(type) + ") from " + String.join("; ", misfits));
        (forgiving ? ignored : problems).add(problem);
      } else if (input.defaultValue() != null) {
        preset(input, input.defaultValue(), type);
      } else if (input.required()) {
        problems.add(missing(input, type, from));
      }
    }

    void given(Input input, Value value) {
      String name = input.id().name();
      Type type = enabled.runbook().inputs().getOrDefault(name, Type.Special.ANY);
      bound.put(name, entries.resolved(value, type));
    }

    private Coerced coerce(String text, Type type, boolean forgiving) {
      if (type instanceof RecordType record && entries.isKind(record)) {
        return entry(record, text, forgiving);
      }
      if (type instanceof ListType list && entries.isKind(list.element())) {
        List<Value> items = new ArrayList<>();
        for (String element : TextCoercion.elements(text)) {
          switch (coerce(element, list.element().nonNull(), forgiving)) {
            case Fits fits -> items.add(fits.value());
            case Misfit misfit -> {
              return misfit;
            }
          }
        }
        return new Fits(Value.of(items));
      }
      return TextCoercion.coerce(text, type);
    }

    private Coerced entry(RecordType type, String name, boolean forgiving) {
      List<Entry> all = entries.all(type);
      return entries
          .find(type, name)
          .<Coerced>map(Fits::new)
          .orElseGet(
              () ->
                  all.isEmpty() && !forgiving
                      ? new Fits(InventoryEntries.named(type, name))
                      : new Misfit(
                          "Expected a "
                              + entries.kind(type)
                              + " of the inventory, found `"
                              + name
                              + "`",
                          all.isEmpty() ? "it has none" : "there is " + names(all),
                          ""));
    }

    private static String names(List<Entry> all) {
      return all.stream()
          .limit(10)
          .map(entry -> "`" + entry.name() + "`")
          .collect(Collectors.joining(", "));
    }

    private void preset(Input input, ValueExpr preset, Type type) {
      SignalEnvironment environment = SignalEnvironment.always(enabled, now);
      switch (values.value(enabled.runbook(), preset, environment)) {
        case Evaluation.Known known ->
            bound.put(input.id().name(), entries.resolved(known.value(), type));
        case Evaluation.Undecided undecided ->
            problems.add(
                new Problem(
                    input.id().name(),
                    "`"
                        + input.id()
                        + "` is not given, and its default is not known: "
                        + undecided.reason()));
      }
    }

    private Problem missing(Input input, Type type, List<String> from) {
      String places =
          from.stream().map(label -> "`" + label + "`").collect(Collectors.joining(" or "));
      return new Problem(
          input.id().name(),
          "`"
              + input.id()
              + "` ("
              + written(type)
              + ") is missing: expected the "
              + source
              + " "
              + places);
    }

    void unknown(String name, Set<String> known) {
      String hint =
          Suggestions.nearest(name, known)
              .map(nearest -> "; did you mean `" + nearest + "`?")
              .orElse(
                  known.isEmpty()
                      ? "; it takes none"
                      : "; there is `" + String.join("`, `", known) + "`");
      problems.add(
          new Problem(name, "`" + name + "` is no input of `" + enabled.id() + "`" + hint));
    }

    private String written(Type type) {
      return type.nonNull() instanceof RecordType record
          ? entries.kind(record)
          : type.nonNull().toString();
    }
  }

  private static String sentence(Misfit misfit) {
    String message =
        Character.toLowerCase(misfit.message().charAt(0)) + misfit.message().substring(1);
    return misfit.hint() == null ? message : message + " (" + misfit.hint() + ")";
  }
}
