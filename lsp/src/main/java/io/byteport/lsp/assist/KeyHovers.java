package io.byteport.lsp.assist;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.type.RecordType;
import java.util.Optional;

/** What is told of keys that are names: of the author's, of inputs of actions, of settings. */
final class KeyHovers {
  private final Sight sight;
  private final Place place;
  private final Paths path;
  private final NameDocs docs;

  KeyHovers(Sight sight, NameDocs docs) {
    this.sight = sight;
    this.place = sight.place();
    this.path = new Paths(place.path());
    this.docs = docs;
  }

  /** A key that is a name of the author's, of an action's input or of a type. */
  Optional<String> named(String key) {
    if (sight.isTest()) {
      return inTest(key);
    }
    if (!sight.isRunbook()) {
      return inAgent(key);
    }
    if (path.ends("with")) {
      return input(key);
    }
    if (path.is("remediate") || path.is("escalate", "commands")) {
      return docs.origins()
          .flatMap(found -> found.classOf(key))
          .map(doc -> "**" + key + "**\n\n" + doc);
    }
    if (path.is("diagnose") || path.ends("verify", "read")) {
      return docs.fact(key);
    }
    if (path.is("params") || path.is("inputs")) {
      return docs.typed(path.back(0), key);
    }
    if (path.is("blocks")) {
      return docs.origins()
          .flatMap(found -> found.block(key))
          .map(doc -> "**" + key + "**\n\n" + doc);
    }
    return new Typed(sight)
        .expected()
        .filter(RecordType.class::isInstance)
        .flatMap(type -> NameDocs.member((RecordType) type, key));
  }

  private Optional<String> input(String key) {
    Typed typed = new Typed(sight);
    return typed
        .action()
        .flatMap(action -> action.input(key).map(input -> input(action, input)))
        .or(
            () ->
                typed
                    .block()
                    .flatMap(block -> Optional.ofNullable(block.args().get(key)))
                    .map(
                        arg ->
                            "**" + key + "**: " + arg.type().text() + "\n\n" + Origins.param(arg)));
  }

  private static String input(ActionDescription action, Input input) {
    String doc = input.doc() == null ? "" : "\n\n" + input.doc();
    return "`"
        + action.name()
        + "` **"
        + input.name()
        + "**: "
        + Wording.input(input)
        + doc
        + "\n\n"
        + Wording.fields(input.type());
  }

  private Optional<String> inTest(String key) {
    if (path.ends("facts")) {
      return docs.fact(key);
    }
    if (path.ends("params") || path.ends("inputs")) {
      return docs.typed(path.back(0), key);
    }
    if (path.ends("steps")) {
      return docs.step(key);
    }
    return new Typed(sight)
        .expected()
        .filter(RecordType.class::isInstance)
        .flatMap(type -> NameDocs.member((RecordType) type, key));
  }

  private Optional<String> inAgent(String key) {
    if (path.is("runbooks", "configure")) {
      return docs.runbook(key);
    }
    for (EntrySection section : EntrySection.values()) {
      if (path.starts(section.key()) && path.keys().size() >= 2) {
        return place.steps().stream()
            .skip(2)
            .findFirst()
            .flatMap(step -> step.sibling("type"))
            .flatMap(type -> Optional.ofNullable(sight.view().catalogue().types(section).get(type)))
            .flatMap(type -> setting(type, key));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> setting(ConnectionType type, String key) {
    return Optional.ofNullable(type.settings().get(key))
        .map(
            setting ->
                "`"
                    + type.name()
                    + "` **"
                    + key
                    + "**: "
                    + setting.type()
                    + (setting.required() ? ", required" : "")
                    + (setting.doc() == null ? "" : "\n\n" + setting.doc()))
        .or(
            () ->
                Optional.ofNullable(type.credentials().get(key))
                    .map(
                        one ->
                            "`"
                                + type.name()
                                + "` **"
                                + key
                                + "**, a credential"
                                + (one.required() ? ", required" : "")
                                + (one.doc() == null ? "" : "\n\n" + one.doc())));
  }
}
