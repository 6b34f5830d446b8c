package io.byteport.dsl.agent;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.check.LanguageTypes;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the expressions of an agent's configuration may name, and of what types it is. A
 * configuration is about any runbook, so of a target every field that some target has is there and
 * may be null.
 */
public final class AgentScopes {
  /** Of the rules of a source: the alert, of which it is not known yet what signal it is. */
  static final Scope ALERT = language(Scope.EMPTY, "signal", LanguageTypes.signal(null));

  /** Of what a request of a source holds as a whole: JSON of unknown shape. */
  static final Scope BODY = Scope.EMPTY.with("body", RootKind.LOCAL, Special.ANY);

  /** Of one item of it. */
  static final Scope ITEM = BODY.with("item", RootKind.LOCAL, Special.ANY);

  private final Scope run;
  private final Type action;

  AgentScopes(ActionCatalogue catalogue) {
    Scope scope = language(Scope.EMPTY, "runbook", LanguageTypes.RUNBOOK);
    scope = language(scope, "signal", LanguageTypes.signal(Scalar.STRING));
    scope = language(scope, "target", target(catalogue));
    this.run = language(scope, "class", Scalar.STRING.orNull());
    this.action =
        new EnumType(catalogue.actions().stream().map(ActionDescription::name).toList()).orNull();
  }

  /**
   * What an expression or a text may name, by the keys that lead to it; empty where none stands.
   *
   * @param path keys from the document on, {@code []} for items
   */
  public static Optional<Scope> at(ActionCatalogue catalogue, List<String> path) {
    AgentScopes scopes = new AgentScopes(catalogue);
    String section = path.isEmpty() ? "" : path.getFirst();
    return switch (section) {
      case "sources" ->
          Optional.of(
              path.contains("rules") ? ALERT : path.getLast().equals("items") ? BODY : ITEM);
      case "channels" -> Optional.of(scopes.message());
      case "routes" -> Optional.of(scopes.route());
      case "autonomy", "windows" -> Optional.of(scopes.decision());
      default -> Optional.empty();
    };
  }

  /** Of levels and windows: a run that is about to do something. */
  Scope decision() {
    return language(run, "action", action);
  }

  /** Of routes: a run of which something is to be told. */
  Scope route() {
    Scope scope = language(run, "severity", LanguageTypes.SEVERITY);
    return language(scope, "result", LanguageTypes.RESULT.orNull());
  }

  /** Of templates: what is to be told. */
  Scope message() {
    Scope scope = language(route(), "event", Scalar.STRING);
    scope = language(scope, "title", Scalar.STRING);
    scope = language(scope, "details", Scalar.STRING.orNull());
    return language(scope, "link", Scalar.STRING);
  }

  /** A target, whatever the runbook. */
  static RecordType target(ActionCatalogue catalogue) {
    Map<String, Type> fields = new LinkedHashMap<>();
    for (RecordType target : catalogue.targets().values()) {
      target
          .fields()
          .forEach(
              (name, type) ->
                  fields.merge(
                      name,
                      type.orNull(),
                      (one, other) -> Assignment.join(one, other).orElse(Special.ANY).orNull()));
    }
    fields.put("labels", new MapType(Scalar.STRING));
    return RecordType.of("target", fields);
  }

  private static Scope language(Scope scope, String name, Type type) {
    return scope.with(name, RootKind.LANGUAGE, type);
  }
}
