package io.byteport.engine.intake;

import io.byteport.dsl.agent.AgentConfiguration.Choice;
import io.byteport.dsl.agent.AgentConfiguration.Mapping;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON body as a configuration says. What cannot be evaluated is left out; an alert that
 * says nothing else fires, is a warning, begins when it comes and is known by its title, or by its
 * labels where it has none. Has no effect; safe for several threads.
 */
public final class MappedBody implements Function<byte[], List<Alert>> {
  /** How many alerts one body may hold. */
  static final int MOST = 10_000;

  private static final String NAMELESS = "alert";

  private final Mapping mapping;
  private final Evaluator evaluator;
  private final InstantSource clock;

  public MappedBody(Mapping mapping, Evaluator evaluator, InstantSource clock) {
    this.mapping = mapping;
    this.evaluator = evaluator;
    this.clock = clock;
  }

  /**
   * All alerts of a body, in order.
   *
   * @throws IllegalArgumentException with the reason in one line, if the body is no JSON, {@code
   *     items} no list in it, or it cannot be told what an item is about; nothing of it is taken
   */
  @Override
  public List<Alert> apply(byte[] json) {
    Value body = PlainJson.read(json);
    Instant now = clock.instant();
    List<Value> items = items(body, now);
    if (items.size() > MOST) {
      throw new IllegalArgumentException(
          "expected at most " + MOST + " items, found " + items.size());
    }
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = new Item(new Scope(body, items.get(i), now));
      if (!item.holds(mapping.drop())) {
        alerts.add(item.alert(i));
      }
    }
    return List.copyOf(alerts);
  }

  private List<Value> items(Value body, Instant now) {
    if (mapping.items() == null) {
      return List.of(body);
    }
    Evaluation items = evaluator.evaluate(mapping.items(), new Scope(body, null, now));
    if (items instanceof Evaluation.Known known && known.value() instanceof Value.ListValue list) {
      return list.items();
    }
    throw new IllegalArgumentException(
        "expected a list where `items` looks, found "
            + switch (items) {
              case Evaluation.Known known when known.value().isNull() -> "nothing";
              case Evaluation.Known known -> "a value that is none";
              case Evaluation.Undecided undecided -> "none: " + undecided.reason();
            });
  }

  private record Scope(Value body, @Nullable Value item, Instant now) implements Environment {
    @Override
    public Evaluation root(String name) {
      if (name.equals("body")) {
        return Evaluation.of(body);
      }
      return item != null && name.equals("item")
          ? Evaluation.of(item)
          : Evaluation.because(name, "has no value here");
    }
  }

  /** One item on its way to an alert. */
  private final class Item {
    private final Scope scope;

    Item(Scope scope) {
      this.scope = scope;
    }

    Alert alert(int index) {
      Map<String, String> labels = new LinkedHashMap<>();
      mapping
          .labels()
          .forEach(
              (name, label) -> {
                String text = text(label);
                if (text != null) {
                  labels.put(name, text);
                }
              });
      String title = text(mapping.title());
      String status = chosen(mapping.status(), Signal.Status.FIRING.name());
      String severity = chosen(mapping.severity(), Signal.Severity.WARNING.name());
      return new Alert(
          null,
          title == null ? NAMELESS : title.lines().findFirst().orElse(NAMELESS),
          Signal.Severity.valueOf(severity),
          Signal.Status.valueOf(status),
          labels,
          at(),
          text(mapping.value()),
          fingerprint(index, title, labels),
          text(mapping.link()));
    }

    private String fingerprint(int index, @Nullable String title, Map<String, String> labels) {
      if (mapping.dedupKey() != null) {
        String key = text(mapping.dedupKey());
        if (key == null || key.isBlank()) {
          throw new IllegalArgumentException(
              "item " + (index + 1) + ": expected a text from `dedupKey`, found nothing");
        }
        return key;
      }
      if (title == null && labels.isEmpty()) {
        throw new IllegalArgumentException(
            "item " + (index + 1) + ": expected a title or a label, found neither");
      }
      return title == null ? labels.toString() : title;
    }

    boolean holds(@Nullable TypedExpr condition) {
      return condition != null && evaluator.evaluate(condition, scope).isTrue();
    }

    private String chosen(List<Choice> choices, String otherwise) {
      return choices.stream()
          .filter(choice -> holds(choice.when()))
          .map(choice -> choice.value().toUpperCase(Locale.ROOT))
          .findFirst()
          .orElse(otherwise);
    }

    private Instant at() {
      return mapping.at() != null && known(mapping.at()) instanceof Value.InstantValue instant
          ? instant.value()
          : scope.now();
    }

    private @Nullable Value known(TypedExpr expr) {
      return evaluator.evaluate(expr, scope).known().orElse(null);
    }

    /** Null where it comes to nothing. */
    private @Nullable String text(@Nullable TypedExpr expr) {
      Value value = expr == null ? null : known(expr);
      if (expr == null || value == null || value.isNull()) {
        return null;
      }
      return value instanceof Value.NumberValue number
          ? BigDecimal.valueOf(number.value()).stripTrailingZeros().toPlainString()
          : ValuePrinter.print(value, expr.type());
    }
  }
}
