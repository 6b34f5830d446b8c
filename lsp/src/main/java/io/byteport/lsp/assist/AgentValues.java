package io.byteport.lsp.assist;

import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.Scalar;
import java.util.List;
import java.util.Optional;

/** What may stand as a value in an agent's configuration. Used once, by one thread. */
final class AgentValues {
  private final ValueOffers values;
  private final Sight sight;
  private final Place place;
  private final Paths path;

  AgentValues(ValueOffers values, Sight sight) {
    this.values = values;
    this.sight = sight;
    this.place = sight.place();
    this.path = new Paths(place.path());
  }

  void all() {
    for (EntrySection section : EntrySection.values()) {
      if (path.is(section.key(), "*", "type")) {
        sight
            .view()
            .catalogue()
            .types(section)
            .forEach(
                (name, type) ->
                    values.reference(name, type.kind(), type.doc() == null ? "" : type.doc()));
        return;
      }
      if (path.starts(section.key()) && path.keys().size() == 3) {
        setting(section);
      }
    }
    if (path.is("routes", "[]", "use", "[]")) {
      entries("channels").forEach(name -> values.reference(name, "channel", ""));
    } else if (path.is("limits", "*", "guards", "[]")) {
      values.actions(action -> action.effect() == Effect.CHANGE);
    } else if (path.is("limits", "*", "per", "[]")) {
      values.reference("target", "", "");
    } else if (path.ends("rules", "[]", "signal")) {
      values.signals();
    } else if (path.starts("runbooks", "configure", "*", "params")) {
      param();
    }
  }

  private void setting(EntrySection section) {
    place
        .steps()
        .getLast()
        .sibling("type")
        .flatMap(type -> Optional.ofNullable(sight.view().catalogue().types(section).get(type)))
        .flatMap(type -> Optional.ofNullable(type.settings().get(path.back(0))))
        .ifPresent(
            setting -> {
              if (setting.type().nonNull() instanceof EnumType words) {
                words.words().forEach(word -> values.word(word, ""));
              } else if (setting.type().nonNull() == Scalar.BOOLEAN) {
                values.booleans();
              } else if (setting.refersTo() != null) {
                entries("connections").forEach(name -> values.reference(name, "connection", ""));
              }
            });
  }

  private List<String> entries(String section) {
    return sight
        .view()
        .texts()
        .outline(sight.view().text())
        .names()
        .getOrDefault(section, List.of());
  }

  private void param() {
    if (path.keys().size() != 5) {
      return;
    }
    sight
        .names()
        .runbook(path.back(2))
        .flatMap(sight.view().texts()::mended)
        .flatMap(analysis -> Optional.ofNullable(analysis.params().get(path.back(0))))
        .ifPresent(
            type -> {
              switch (type.nonNull()) {
                case EnumType words -> words.words().forEach(word -> values.word(word, ""));
                case Scalar scalar
                    when scalar == Scalar.DURATION
                        || scalar == Scalar.SIZE
                        || scalar == Scalar.PERCENT ->
                    values.quantities(scalar);
                case Scalar scalar when scalar == Scalar.BOOLEAN -> values.booleans();
                default -> {}
              }
            });
  }
}
