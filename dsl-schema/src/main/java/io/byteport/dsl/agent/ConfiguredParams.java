package io.byteport.dsl.agent;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.Bounded;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether what a configuration gives to a runbook's parameters fits them. */
final class ConfiguredParams {
  private final Findings findings;
  private final ActionCatalogue catalogue;
  private final List<Connection> connections;

  /**
   * @param connections which entries of the inventory there are
   */
  ConfiguredParams(Findings findings, ActionCatalogue catalogue, List<Connection> connections) {
    this.findings = findings;
    this.catalogue = catalogue;
    this.connections = connections;
  }

  /** A value as YAML has it. */
  static Value value(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> scalar.value();
      case YamlSequence sequence ->
          Value.of(sequence.items().stream().map(ConfiguredParams::value).toList());
      case YamlMapping mapping -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> fields.put(entry.key().text(), value(entry.value())));
        yield Value.of(fields);
      }
    };
  }

  void check(CheckedRunbook runbook, Fields params) {
    Map<String, Param> byName = new LinkedHashMap<>();
    for (Param param : runbook.runbook().params().values()) {
      byName.put(param.id().name(), param);
      param.aliases().stream().map(Id::name).forEach(alias -> byName.put(alias, param));
    }
    Map<Param, String> given = new HashMap<>();
    for (Entry entry : params.map().entries()) {
      String name = entry.key().text();
      Param param = byName.get(name);
      if (param == null) {
        findings.unknown(
            DiagnosticCode.AGENT_UNKNOWN_NAME,
            entry.key(),
            "expected a parameter of `" + runbook.id() + "`, found `" + name + "`",
            byName.keySet());
        continue;
      }
      String before = given.putIfAbsent(param, name);
      if (before != null) {
        findings.add(
            DiagnosticCode.NAME_DUPLICATE,
            entry.key().span(),
            "expected `" + param.id() + "` once, found `" + before + "` and `" + name + "`",
            "they are the same; keep one of them");
      }
      fits(runbook, param, entry);
    }
  }

  private void fits(CheckedRunbook runbook, Param param, Entry entry) {
    Type type = runbook.params().getOrDefault(param.id().name(), Special.UNKNOWN);
    Optional<String> kind = kind(type);
    Bounded bounded =
        new Bounded(
            type,
            kind.orElse(type.nonNull().toString()),
            bound(runbook, param.minimum()),
            bound(runbook, param.maximum()));
    YamlNode written = entry.value();
    String found = written instanceof YamlScalar scalar ? scalar.text() : "";
    LiteralCoercion.Coerced made = LiteralCoercion.coerce(value(written), type);
    if (written instanceof YamlScalar scalar) {
      if (bounded.judged(made, found) instanceof Misfit misfit) {
        add(scalar, misfit.message(), misfit.hint());
      } else {
        kind.ifPresent(one -> entry(scalar, one));
      }
    } else if (made instanceof Misfit misfit) {
      findings.add(
          DiagnosticCode.PARAM_CONFIGURED,
          entry.key().span(),
          misfit.message() + (misfit.path().isEmpty() ? "" : " at `" + misfit.path() + "`"),
          misfit.hint());
    }
  }

  private void add(YamlScalar at, String message, @Nullable String hint) {
    findings.add(DiagnosticCode.PARAM_CONFIGURED, at.span(), message, hint);
  }

  private static @Nullable Value bound(CheckedRunbook runbook, ValueExpr.@Nullable Constant bound) {
    return bound == null ? null : runbook.typing().of(bound);
  }

  /** The kind of inventory entries that the values of a type are. */
  private Optional<String> kind(Type type) {
    return catalogue.inventory().entrySet().stream()
        .filter(entry -> type.nonNull() instanceof RecordType record && record == entry.getValue())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** An agent that names no cluster has the one that it runs in. */
  private void entry(YamlScalar name, String kind) {
    List<String> names = new ArrayList<>();
    for (Connection connection : connections) {
      if (connection.kind().equals(kind)) {
        names.add(connection.name());
        names.addAll(connection.aliases());
      }
    }
    boolean implied = kind.equals("cluster") && names.isEmpty();
    if (!implied && !names.contains(name.text())) {
      findings.unknown(
          DiagnosticCode.AGENT_UNKNOWN_NAME,
          name,
          "expected a " + kind + " under `connections`, found `" + name.text() + "`",
          names);
    }
  }
}
