package io.byteport.engine.guardrail;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.Vocabulary;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an action would touch what a guardrail forbids, by what the catalogue says that it needs
 * and writes.
 */
public final class Prohibition {
  private final Vocabulary vocabulary;

  public Prohibition(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * What is forbidden about it, in words, or empty.
   *
   * @param input what the action is given; a need written <code>{object}</code> is that of the kind
   *     of the input of that name
   */
  public Optional<String> of(Guardrail.Forbid forbid, ActionDescription action, StructValue input) {
    if (action.effect() != ActionDescription.Effect.CHANGE) {
      return Optional.empty();
    }
    if (forbid.rules().isEmpty()) {
      return Optional.of("every change is forbidden here");
    }
    for (Guardrail.Forbidden rule : forbid.rules()) {
      for (Map.Entry<String, List<String>> need : action.needs().entrySet()) {
        String resource = resource(need.getKey(), input);
        Optional<String> verb =
            need.getValue().stream().filter(one -> contains(rule.verbs(), one)).findFirst();
        if (verb.isPresent() && names(rule.resources(), resource) && fields(rule, action)) {
          return Optional.of("to " + verb.get() + " " + resource + " is forbidden");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean contains(List<Id> ids, String word) {
    return ids.stream().anyMatch(id -> id.name().equals(word));
  }

  /** A bare name means the resource in every API group. */
  private static boolean names(List<Id> forbidden, String resource) {
    int dot = resource.indexOf('.');
    String bare = dot < 0 ? resource : resource.substring(0, dot);
    return forbidden.stream().anyMatch(id -> id.name().equals(resource) || id.name().equals(bare));
  }

  private static boolean fields(Guardrail.Forbidden rule, ActionDescription action) {
    return rule.fields().isEmpty()
        || action.writes().stream()
            .anyMatch(written -> rule.fields().stream().anyMatch(id -> within(written, id.name())));
  }

  /** What writes more than a field, such as a whole template, may leave it as it is. */
  private static boolean within(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer + ".");
  }

  private String resource(String need, StructValue input) {
    if (!need.startsWith("{") || !need.endsWith("}")) {
      return need;
    }
    String name = need.substring(1, need.length() - 1);
    return switch (input.get(name)) {
      case Value.TextValue kind -> vocabulary.resource(kind.value());
      case StructValue object when object.get("kind") instanceof Value.TextValue kind ->
          vocabulary.resource(kind.value());
      default -> need;
    };
  }
}
