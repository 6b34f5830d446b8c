package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From a JSON body to alerts, as the configuration says. What an expression cannot decide is left
 * out of the alert; an item of which it cannot be decided that it says nothing counts. What has no
 * key of its own is told apart by its labels. Safe for several threads.
 */
final class MappedAlerts implements Function<byte[], List<Alert>> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AgentConfiguration.Mapping mapping;
  private final Evaluator evaluator;
  private final InstantSource clock;

  MappedAlerts(AgentConfiguration.Mapping mapping, Evaluator evaluator, InstantSource clock) {
    this.mapping = mapping;
    this.evaluator = evaluator;
    this.clock = clock;
  }

  /** The body, one item of it, and the time. */
  private record Looking(Value body, Value item, Instant now) implements Environment {
    @Override
    public Evaluation root(String name) {
      return switch (name) {
        case "body" -> Evaluation.of(body);
        case "item" -> Evaluation.of(item);
        default -> Evaluation.because(name, "has no value here");
      };
    }
  }

  /**
   * @throws IllegalArgumentException if the body is not JSON
   */
  @Override
  public List<Alert> apply(byte[] body) {
    Value whole;
    try {
      whole = value(JSON.readTree(body));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("expected JSON", e);
    }
    Instant now = clock.instant();
    List<Alert> alerts = new ArrayList<>();
    for (Value item : items(whole, now)) {
      Looking looking = new Looking(whole, item, now);
      TypedExpr drop = mapping.drop();
      if (drop == null || !evaluator.evaluate(drop, looking).isTrue()) {
        alerts.add(alert(looking));
      }
    }
    return alerts;
  }

  private List<Value> items(Value body, Instant now) {
    TypedExpr items = mapping.items();
    if (items == null) {
      return List.of(body);
    }
    return evaluator.evaluate(items, new Looking(body, Value.NULL, now)).known().orElse(Value.NULL)
            instanceof Value.ListValue list
        ? list.items()
        : List.of();
  }

  private Alert alert(Looking looking) {
    Map<String, String> labels = new LinkedHashMap<>();
    mapping
        .labels()
        .forEach((name, expr) -> text(expr, looking).ifPresent(text -> labels.put(name, text)));
    return new Alert(
        null,
        text(mapping.title(), looking).orElse("alert"),
        severity(choice(mapping.severity(), looking)),
        choice(mapping.status(), looking).equals("resolved")
            ? Signal.Status.RESOLVED
            : Signal.Status.FIRING,
        labels,
        time(looking),
        text(mapping.value(), looking).orElse(null),
        text(mapping.dedupKey(), looking).orElseGet(() -> new TreeMap<>(labels).toString()),
        text(mapping.link(), looking).orElse(null));
  }

  private String choice(List<AgentConfiguration.Choice> choices, Looking looking) {
    return choices.stream()
        .filter(choice -> evaluator.evaluate(choice.when(), looking).isTrue())
        .map(AgentConfiguration.Choice::value)
        .findFirst()
        .orElse("");
  }

  private static Signal.Severity severity(String word) {
    return switch (word) {
      case "info" -> Signal.Severity.INFO;
      case "high" -> Signal.Severity.HIGH;
      case "critical" -> Signal.Severity.CRITICAL;
      default -> Signal.Severity.WARNING;
    };
  }

  private Instant time(Looking looking) {
    TypedExpr at = mapping.at();
    return at != null
            && evaluator.evaluate(at, looking).known().orElse(Value.NULL)
                instanceof Value.InstantValue instant
        ? instant.value()
        : looking.now();
  }

  private Optional<String> text(@Nullable TypedExpr expr, Looking looking) {
    return expr == null
        ? Optional.empty()
        : evaluator
            .evaluate(expr, looking)
            .known()
            .filter(value -> !value.isNull())
            .map(value -> ValuePrinter.print(value, expr.type()))
            .filter(text -> !text.isBlank());
  }

  private static Value value(JsonNode node) {
    if (node.isObject()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
      return Value.of(fields);
    }
    if (node.isArray()) {
      List<Value> items = new ArrayList<>();
      node.forEach(item -> items.add(value(item)));
      return Value.of(items);
    }
    if (node.isNumber()) {
      return Value.of(node.doubleValue());
    }
    if (node.isBoolean()) {
      return Value.of(node.booleanValue());
    }
    return node.isNull() || node.isMissingNode() ? Value.NULL : Value.of(node.asString());
  }
}
