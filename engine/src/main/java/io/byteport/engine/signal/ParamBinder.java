package io.byteport.engine.signal;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.Bounded;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.LiteralCoercion.Coerced;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.TextCoercion;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.signal.ParamBinding.Origin;
import io.byteport.engine.signal.ParamBinding.Problem;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a runbook's parameters their values for one deployment: from the command line, else the
 * agent's configuration, else the environment, else the default. What a stronger source sets hides
 * a weaker one, right or wrong; what counts must be of the parameter's type and within its bounds.
 * Safe for several threads.
 */
public final class ParamBinder {
  private final DeclaredValues values;
  private final Inventory inventory;

  public ParamBinder(Evaluator evaluator, Inventory inventory) {
    this.values = new DeclaredValues(evaluator);
    this.inventory = inventory;
  }

  /** Binds all of them, or says everything that is wrong. */
  public ParamBinding bind(CheckedRunbook runbook, ParamSources sources) {
    return new Binding(runbook, sources).bind();
  }

  /**
   * What a source says.
   *
   * @param text what was written and where
   */
  private record Given(Value value, Origin origin, String text) {}

  /** One binding under way. */
  private final class Binding {
    private final CheckedRunbook runbook;
    private final ParamSources sources;
    private final InventoryEntries entries;
    private final Map<String, Value> bound = new LinkedHashMap<>();
    private final Map<String, Origin> origins = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Binding(CheckedRunbook runbook, ParamSources sources) {
      this.runbook = runbook;
      this.sources = sources;
      this.entries = new InventoryEntries(inventory, runbook.catalogue());
    }

    ParamBinding bind() {
      sources.commandLine().forEach((name, text) -> known(name, flag(name, text)));
      sources.agentFile().keySet().forEach(name -> known(name, setting(name)));
      runbook.runbook().params().values().forEach(this::bind);
      return problems.isEmpty()
          ? new ParamBinding.Bound(Value.of(bound), origins)
          : new ParamBinding.Refused(problems);
    }

    private void known(String name, String origin) {
      Set<String> names = new LinkedHashSet<>();
      for (Param param : runbook.runbook().params().values()) {
        names.addAll(names(param));
      }
      if (!names.contains(name)) {
        String hint =
            Suggestions.nearest(name, names)
                .map(nearest -> "did you mean `" + nearest + "`?")
                .orElse(
                    names.isEmpty()
                        ? "it takes none"
                        : "there is `" + String.join("`, `", runbook.params().keySet()) + "`");
        problems.add(
            new Problem(
                name,
                origin,
                "expected a parameter of `" + runbook.id() + "`, found `" + name + "`",
                hint));
      }
    }

    private void bind(Param param) {
      String name = param.id().name();
      Type type = runbook.params().getOrDefault(name, Type.Special.ANY);
      Optional<Given> given = given(param);
      bound.put(name, given.isPresent() ? checked(param, type, given.get()) : preset(param, type));
      origins.put(name, given.map(Given::origin).orElse(Origin.DEFAULT));
    }

    private Optional<Given> given(Param param) {
      List<String> flags =
          names(param).stream().filter(sources.commandLine()::containsKey).toList();
      List<String> settings =
          names(param).stream().filter(sources.agentFile()::containsKey).toList();
      twice(param, flags, Origin.COMMAND_LINE);
      twice(param, settings, Origin.AGENT_FILE);
      if (!flags.isEmpty()) {
        String text = sources.commandLine().getOrDefault(flags.getFirst(), "");
        return Optional.of(
            new Given(Value.of(text), Origin.COMMAND_LINE, flag(flags.getFirst(), text)));
      }
      if (!settings.isEmpty()) {
        Value value = sources.agentFile().getOrDefault(settings.getFirst(), Value.NULL);
        return Optional.of(new Given(value, Origin.AGENT_FILE, setting(settings.getFirst())));
      }
      String variable = param.env() == null ? null : param.env().name();
      String text = variable == null ? null : sources.environment().get(variable);
      return variable == null || text == null || text.isBlank()
          ? Optional.empty()
          : Optional.of(
              new Given(
                  Value.of(text.strip()),
                  Origin.ENVIRONMENT,
                  "environment variable `" + variable + "`"));
    }

    private void twice(Param param, List<String> names, Origin origin) {
      if (names.size() > 1) {
        String where =
            origin == Origin.COMMAND_LINE ? "the command line" : "the agent's configuration";
        problems.add(
            new Problem(
                param.id().name(),
                where,
                "expected `"
                    + param.id()
                    + "` once, found `"
                    + String.join("` and `", names)
                    + "`, which are the same",
                "keep one of them"));
      }
    }

    private String setting(String name) {
      return "`configure." + runbook.id() + ".params." + name + "` of the agent's configuration";
    }

    private Value preset(Param param, Type type) {
      if (param.defaultValue() == null) {
        return Value.NULL;
      }
      return switch (values.value(
          runbook, param.defaultValue(), SignalEnvironment.empty(Instant.EPOCH))) {
        case Evaluation.Known known -> entries.resolved(known.value(), type);
        case Evaluation.Undecided undecided -> {
          problems.add(
              new Problem(
                  param.id().name(),
                  "default of `" + param.id() + "`",
                  "it is not known: " + undecided.reason(),
                  null));
          yield Value.NULL;
        }
      };
    }

    private Value checked(Param param, Type type, Given given) {
      return switch (bounded(param, type).judged(coerce(given, type), found(given.value()))) {
        case Misfit misfit -> {
          problems.add(
              new Problem(
                  param.id().name(),
                  given.text(),
                  misfit.message(),
                  misfit.hint() == null ? example(param, type) : misfit.hint()));
          yield Value.NULL;
        }
        case Fits fits -> entries.resolved(fits.value(), type);
      };
    }

    private Bounded bounded(Param param, Type type) {
      String name =
          type.nonNull() instanceof RecordType record && entries.isKind(record)
              ? entries.kind(record)
              : type.nonNull().toString();
      return new Bounded(type, name, bound(param.minimum()), bound(param.maximum()));
    }

    private @Nullable Value bound(ValueExpr.@Nullable Constant bound) {
      return bound == null ? null : runbook.typing().of(bound);
    }

    private Coerced coerce(Given given, Type type) {
      boolean text = given.origin() != Origin.AGENT_FILE;
      if (text && given.value() instanceof TextValue plain && !entries.isKind(type)) {
        return TextCoercion.coerce(plain.value(), type);
      }
      return LiteralCoercion.coerce(given.value(), type);
    }

    private @Nullable String example(Param param, Type type) {
      if (param.defaultValue() == null || type.nonNull() instanceof Type.EnumType) {
        return null;
      }
      return values
          .value(runbook, param.defaultValue(), SignalEnvironment.empty(Instant.EPOCH))
          .known()
          .filter(value -> !value.isNull())
          .map(value -> "the default is `" + ValuePrinter.print(value, type) + "`")
          .orElse(null);
    }
  }

  private static List<String> names(Param param) {
    List<String> names = new ArrayList<>();
    names.add(param.id().name());
    param.aliases().stream().map(Id::name).forEach(names::add);
    return names;
  }

  private static String flag(String name, String text) {
    return "`--param " + name + "=" + abridged(text) + "`";
  }

  private static String found(Value value) {
    return ValuePrinter.print(value, Type.Special.ANY);
  }

  private static String abridged(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
