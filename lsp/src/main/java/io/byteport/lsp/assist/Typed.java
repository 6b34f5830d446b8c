package io.byteport.lsp.assist;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import java.util.List;
import java.util.Optional;

/** The types of what is given to actions, and of what tests give for facts. */
final class Typed {
  private final Sight sight;

  Typed(Sight sight) {
    this.sight = sight;
  }

  /** The type of a value at the place; empty where nothing is known. */
  Optional<Type> expected() {
    Paths path = new Paths(sight.place().path());
    return sight.isTest() ? inTest(path) : given(path).or(sight::expected);
  }

  /** The part of a type that keys and items lead to. */
  static Optional<Type> part(Type type, List<String> keys) {
    Type at = type.nonNull();
    for (String key : keys) {
      Type next =
          switch (at) {
            case RecordType record -> record.field(key).orElse(null);
            case MapType map -> map.value();
            case ListType list -> key.equals("[]") ? list.element() : null;
            case SeriesType series -> key.equals("[]") ? series.value() : null;
            default -> null;
          };
      if (next == null) {
        return Optional.empty();
      }
      at = next.nonNull();
    }
    return Optional.of(at);
  }

  /** The action that the map uses whose {@code with} holds the place. */
  Optional<ActionDescription> action() {
    return sight
        .owner("with")
        .or(
            () ->
                Optional.ofNullable(
                    sight.place().steps().isEmpty() ? null : sight.place().steps().getLast()))
        .flatMap(this::action);
  }

  Optional<ActionDescription> action(Place.Step step) {
    return step.sibling("uses")
        .or(() -> step.sibling("propose"))
        .or(() -> step.sibling("watch"))
        .flatMap(name -> sight.view().catalogue().action(name));
  }

  /** The block that is called where {@code with} holds the place. */
  Optional<Block> block() {
    return sight
        .owner("with")
        .flatMap(step -> step.sibling("call"))
        .flatMap(
            name ->
                sight
                    .analysis()
                    .flatMap(found -> Optional.ofNullable(found.runbook().blocks().get(name))));
  }

  private Optional<Type> given(Paths path) {
    int with = path.last("with");
    List<String> rest = with < 0 ? List.of() : path.after(with);
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    return action()
        .flatMap(action -> action.input(rest.getFirst()))
        .map(Input::type)
        .flatMap(type -> part(type, rest.subList(1, rest.size())));
  }

  private Optional<Type> inTest(Paths path) {
    for (String section : List.of("facts", "inputs", "params")) {
      int at = path.last(section);
      List<String> rest = at < 0 ? List.of() : path.after(at);
      if (!rest.isEmpty()) {
        return sight
            .analysis()
            .flatMap(found -> new Origins(found).type(section, rest.getFirst()))
            .flatMap(type -> part(type, rest.subList(1, rest.size())));
      }
    }
    int with = path.last("with");
    if (with >= 0 && path.after(with).size() > 1) {
      List<String> rest = path.after(with);
      return used(rest.getFirst())
          .flatMap(action -> action.input(rest.get(1)))
          .map(Input::type)
          .flatMap(type -> part(type, rest.subList(2, rest.size())));
    }
    int result = path.last("result");
    if (result > 0 && result >= 2 && path.keys().get(result - 2).equals("steps")) {
      return used(path.keys().get(result - 1))
          .map(ActionDescription::output)
          .flatMap(type -> part(type, path.after(result)));
    }
    return path.ends("cleared") ? Optional.of(Scalar.BOOLEAN) : Optional.empty();
  }

  /** The action that a step of the runbook uses. */
  Optional<ActionDescription> used(String step) {
    return sight
        .analysis()
        .flatMap(found -> Optional.ofNullable(found.steps().get(step)))
        .flatMap(
            found ->
                switch (found) {
                  case Step.Act act -> Optional.of(act.use().action().name());
                  case Step.Propose propose -> Optional.of(propose.use().action().name());
                  default -> Optional.empty();
                })
        .flatMap(name -> sight.view().catalogue().action(name));
  }
}
