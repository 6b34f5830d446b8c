package io.byteport.cli;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.action.InputPolicy;
import io.byteport.dsl.action.InputPolicy.Untrusted;
import io.byteport.dsl.type.Deprecation;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.NullableType;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.ValuePrinter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an action is, as Markdown: the reference page is made of these, and so is the terminal's.
 */
final class ActionPage {
  private final UnaryOperator<String> record;
  private final StringBuilder page = new StringBuilder();

  /**
   * @param record how the name of a record type is written: as it is, or as a link to its fields
   */
  private ActionPage(UnaryOperator<String> record) {
    this.record = record;
  }

  /** One action, for the terminal. */
  static String of(ActionDescription action) {
    ActionPage page = new ActionPage(UnaryOperator.identity());
    page.describe(action);
    records(List.of(action)).values().forEach(page::fields);
    return page.page.toString();
  }

  /** A family of actions, for the reference. */
  static String family(String family, Collection<ActionDescription> actions) {
    ActionPage page = new ActionPage(name -> "[" + name + "](types.md#" + anchor(name) + ")");
    page.line("# " + family);
    page.line("");
    page.line("Made from the catalogue by `byteport actions --reference docs/reference/actions`.");
    for (ActionDescription action : actions) {
      page.line("");
      page.describe(action);
    }
    return page.page.toString();
  }

  /** The first page of the reference: every action in one line. */
  static String contents(Map<String, List<ActionDescription>> families) {
    ActionPage page = new ActionPage(UnaryOperator.identity());
    page.line("# Actions");
    page.line("");
    page.line(
        "What runbooks can do. Made from the catalogues; `byteport actions NAME` shows the same.");
    families.forEach(
        (family, actions) -> {
          page.line("");
          page.line("## [" + family + "](" + family + ".md)");
          page.line("");
          page.line("| action | effect | |");
          page.line("|---|---|---|");
          for (ActionDescription each : actions) {
            String link = "[" + each.name() + "](" + family + ".md#" + anchor(each.name()) + ")";
            page.line(row(link, word(each), firstSentence(each.doc())));
          }
        });
    return page.page.toString();
  }

  /** Up to its first full stop. */
  static String firstSentence(String doc) {
    String text = doc.strip().replaceAll("\\s+", " ");
    int stop = text.indexOf(". ");
    return stop < 0 ? text : text.substring(0, stop);
  }

  private static String word(ActionDescription action) {
    return action.effect().name().toLowerCase(Locale.ROOT);
  }

  /** The record types that actions take and return, for the reference. */
  static String types(Collection<RecordType> types) {
    ActionPage page = new ActionPage(name -> "[" + name + "](#" + anchor(name) + ")");
    page.line("# Types");
    page.line("");
    page.line("Made from the catalogue by `byteport actions --reference docs/reference/actions`.");
    types.forEach(page::fields);
    return page.page.toString();
  }

  private void describe(ActionDescription action) {
    line("## " + action.name());
    line("");
    line(sentence(effect(action) + ". " + action.doc().strip()));
    Deprecation leaving = action.deprecated();
    if (leaving != null) {
      line("");
      line(
          sentence(
              "Deprecated since "
                  + leaving.since()
                  + (leaving.instead() == null ? "" : ", use `" + leaving.instead() + "`")
                  + ": "
                  + leaving.why()));
    }
    inputs(action);
    output(action);
    items("Needs", needs(action));
    List<String> safety = new ArrayList<>();
    if (!action.writes().isEmpty()) {
      safety.add("writes `" + String.join("`, `", action.writes()) + "`");
    }
    told(safety, "a second execution: ", action.repeat());
    told(safety, "after a crash, it took effect if: ", action.probe());
    told(safety, "settled when: ", action.settled());
    items("In a live run", safety);
    Optional.ofNullable(action.watch())
        .ifPresent(
            watch -> {
              line("");
              line(
                  "A detector can watch "
                      + (watch.each() == null ? "it" : "each of its `" + watch.each() + "`")
                      + "; labels of the signal: "
                      + String.join(", ", watch.labels())
                      + ".");
            });
    line("");
    line("```");
    action.preview().strip().lines().forEach(this::line);
    line("```");
  }

  private static List<String> needs(ActionDescription action) {
    List<String> needs = new ArrayList<>();
    action
        .needs()
        .forEach((resource, verbs) -> needs.add("`" + resource + "`: " + String.join(", ", verbs)));
    action
        .prerequisites()
        .grants()
        .forEach((system, grants) -> needs.add(system + ": " + String.join(", ", grants)));
    action.prerequisites().binaries().forEach(each -> needs.add("the program `" + each + "`"));
    return needs;
  }

  private static String effect(ActionDescription action) {
    return switch (action.effect()) {
      case READ -> action.finds() ? "Read, null where nothing is found" : "Read";
      case PROPOSE -> "Proposal";
      case CHANGE -> "Change";
    };
  }

  private static void told(List<String> items, String before, @Nullable String text) {
    if (text != null) {
      items.add(before + text.strip());
    }
  }

  private void inputs(ActionDescription action) {
    if (action.inputs().isEmpty()) {
      return;
    }
    line("");
    line("| input | type | default | |");
    line("|---|---|---|---|");
    for (Input input : action.inputs().values()) {
      line(
          row(
              "`" + input.name() + "`",
              written(input.type()),
              input.required() ? "required" : preset(input),
              about(input)));
    }
  }

  private static String preset(Input input) {
    Value value = input.defaultValue();
    return value == null || value.isNull()
        ? ""
        : "`" + ValuePrinter.print(value, input.type()) + "`";
  }

  private static String about(Input input) {
    List<String> parts = new ArrayList<>();
    if (input.doc() != null) {
      parts.add(input.doc().strip());
    }
    InputPolicy policy = input.policy();
    if (policy.literal()) {
      parts.add("stands literally in the runbook");
    } else if (policy.untrusted() == Untrusted.NEVER) {
      parts.add("never untrusted text");
    } else if (policy.untrusted() == Untrusted.NOT_FIRST) {
      parts.add("its first element is never untrusted text");
    }
    if (policy.noLeadingDash()) {
      parts.add("untrusted elements may not begin with `-`");
    }
    if (policy.credentials()) {
      parts.add("decides where credentials go");
    }
    if (policy.within() != null) {
      parts.add("lies under `" + policy.within() + "`");
    }
    return String.join("; ", parts);
  }

  private void output(ActionDescription action) {
    line("");
    if (!(action.output() instanceof RecordType output)) {
      line("Returns " + written(action.output()) + ".");
    } else if (output.fields().isEmpty()) {
      line("Returns nothing.");
    } else if (isNamed(output)) {
      line("Returns " + written(output) + ".");
    } else {
      line("| output | type |");
      line("|---|---|");
      output.fields().forEach((name, type) -> line(row("`" + name + "`", written(type))));
    }
  }

  /** A record that stands where it is used is named after that place, in lower case. */
  private static boolean isNamed(RecordType type) {
    return Character.isUpperCase(type.name().charAt(0));
  }

  private void fields(RecordType type) {
    line("");
    line("## " + type.name());
    if (type.isInventory()) {
      line("");
      line("An entry of the inventory, selected by its name or an alias.");
    }
    line("");
    line("| field | type |");
    line("|---|---|");
    type.fields().forEach((name, of) -> line(row("`" + name + "`", written(of))));
    if (!type.declaredKey().isEmpty()) {
      line("");
      line("Compared by " + String.join(", ", type.declaredKey()) + ".");
    }
  }

  private String written(Type type) {
    return switch (type) {
      case NullableType nullable -> written(nullable.inner()) + " or null";
      case ListType list -> "list of " + written(list.element());
      case MapType map -> "map of " + written(map.value());
      case SeriesType series -> "series of " + written(series.value());
      case RecordType named when isNamed(named) -> record.apply(named.name());
      case RecordType inline ->
          inline.fields().entrySet().stream()
              .map(field -> field.getKey() + ": " + written(field.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Type.EnumType words -> String.join(", ", words.words());
      case Type.Scalar scalar -> scalar.toString();
      case Type.Special special -> special.toString();
    };
  }

  /** The named records that the actions speak of, each once, in the order of first mention. */
  static Map<String, RecordType> records(Collection<ActionDescription> actions) {
    Map<String, RecordType> named = new LinkedHashMap<>();
    for (ActionDescription action : actions) {
      action.inputs().values().forEach(input -> mention(input.type(), named));
      mention(action.output(), named);
    }
    return named;
  }

  private static void mention(Type type, Map<String, RecordType> named) {
    switch (type) {
      case NullableType nullable -> mention(nullable.inner(), named);
      case ListType list -> mention(list.element(), named);
      case MapType map -> mention(map.value(), named);
      case SeriesType series -> mention(series.value(), named);
      case RecordType of when !isNamed(of) || named.putIfAbsent(of.name(), of) == null ->
          of.fields().values().forEach(field -> mention(field, named));
      case RecordType known -> {}
      case Type.EnumType words -> {}
      case Type.Scalar scalar -> {}
      case Type.Special special -> {}
    }
  }

  private void items(String title, List<String> items) {
    if (!items.isEmpty()) {
      line("");
      line(title + ":");
      line("");
      items.forEach(item -> line("- " + item));
    }
  }

  private static String row(String... cells) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(cell.replace("|", "\\|").replace('\n', ' ')).append(" |");
    }
    return row.toString().replace("  |", " |");
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  private static String anchor(String name) {
    return name.toLowerCase(Locale.ROOT).replace(".", "");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
