package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.diagnostic.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what runbooks can do. */
@Command(
    name = "actions",
    description = {
      "List the actions that runbooks can use, or show one: inputs, outputs, what it needs, the"
          + " command that does the same."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  byteport actions",
      "  byteport actions kubectl",
      "  byteport actions kubectl.rolloutUndo",
      "  byteport actions -o json"
    })
final class ActionsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "An action, or a family such as kubectl.")
  private @Nullable String name;

  @Option(
      names = "--reference",
      paramLabel = "FOLDER",
      description = "Write Markdown pages, one for each family, into this folder.")
  private @Nullable Path reference;

  @Override
  public Integer call() throws IOException {
    ActionCatalogue catalogue = Language.load().catalogue();
    Terminal terminal = common.terminal();
    List<ActionDescription> wanted = wanted(catalogue);
    if (reference != null) {
      for (Map.Entry<String, String> page : pages(wanted).entrySet()) {
        Files.createDirectories(reference);
        Files.writeString(reference.resolve(page.getKey()), page.getValue());
      }
    } else if (common.output() == Output.json) {
      Json.write(terminal.out(), wanted.stream().map(ActionsCommand::json).toList());
    } else if (wanted.size() == 1 && wanted.getFirst().name().equals(name)) {
      terminal
          .out()
          .print(Markdown.show(ActionPage.of(wanted.getFirst()), terminal, terminal.width()));
    } else {
      list(wanted, terminal);
    }
    terminal.out().flush();
    return ExitStatus.OK;
  }

  /** In the order of the catalogues, which is that of meaning; families together. */
  private List<ActionDescription> wanted(ActionCatalogue catalogue) {
    List<ActionDescription> all = new ArrayList<>(catalogue.actions());
    all.sort(Comparator.comparing(ActionDescription::family));
    if (name == null) {
      return all;
    }
    List<ActionDescription> found =
        all.stream()
            .filter(action -> action.name().equals(name) || action.family().equals(name))
            .toList();
    if (found.isEmpty()) {
      List<String> known = new ArrayList<>(all.stream().map(ActionDescription::name).toList());
      known.addAll(all.stream().map(ActionDescription::family).distinct().toList());
      String meant = Suggestions.hint(name, known);
      throw new UsageException(
          "no action `" + name + "`; " + (meant == null ? "`byteport actions` lists them" : meant));
    }
    return found;
  }

  /** The reference: text by file name. */
  static Map<String, String> pages(Collection<ActionDescription> actions) {
    Map<String, List<ActionDescription>> families = new TreeMap<>();
    actions.forEach(
        action ->
            families.computeIfAbsent(action.family(), missing -> new ArrayList<>()).add(action));
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("README.md", ActionPage.contents(families));
    families.forEach((family, all) -> pages.put(family + ".md", ActionPage.family(family, all)));
    pages.put("types.md", ActionPage.types(new TreeMap<>(ActionPage.records(actions)).values()));
    return pages;
  }

  private static void list(List<ActionDescription> actions, Terminal terminal) {
    int width = actions.stream().mapToInt(each -> each.name().length()).max().orElse(0);
    Lines lines = new Lines(terminal);
    String family = "";
    for (ActionDescription each : actions) {
      if (!each.family().equals(family)) {
        if (!family.isEmpty()) {
          lines.blank();
        }
        family = each.family();
      }
      String label =
          terminal.styled(Style.BOLD, each.name())
              + " ".repeat(width - each.name().length() + 2)
              + String.format("%-7s", each.effect().name().toLowerCase(Locale.ROOT));
      lines.hanging(0, label, 2, ActionPage.firstSentence(each.doc()));
    }
  }

  private static Map<String, Object> json(ActionDescription action) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", action.name());
    json.put("effect", action.effect().name().toLowerCase(Locale.ROOT));
    json.put("doc", action.doc().strip());
    json.put("inputs", action.inputs().values().stream().map(ActionsCommand::json).toList());
    json.put("output", action.output().toString());
    json.put("needs", action.needs());
    json.put("grants", action.prerequisites().grants());
    json.put("binaries", action.prerequisites().binaries());
    json.put("writes", action.writes());
    json.put("preview", action.preview().strip());
    json.put("repeat", action.repeat());
    json.put("probe", action.probe());
    json.put("settled", action.settled());
    return json;
  }

  private static Map<String, Object> json(ActionDescription.Input input) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", input.name());
    json.put("type", input.type().toString());
    json.put("required", input.required());
    json.put("doc", input.doc());
    return json;
  }
}
