package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays incidents on simulated systems. */
@Command(
    name = "demo",
    description = {
      "Play an incident on a simulated system, in seconds.",
      "What the engine speaks to answers as the real one does, what is behind it is simulated, the"
          + " clock is virtual. Nothing of yours is touched."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  byteport demo", "  byteport demo --list"})
final class DemoCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StateOptions state = new StateOptions();

  @Option(names = "--list", description = "Name the stories that can be played.")
  private boolean list;

  @Parameters(
      paramLabel = "STORY",
      arity = "0..1",
      defaultValue = "oom",
      description = "Which one. Default: ${DEFAULT-VALUE}.")
  private String story = "oom";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Terminal terminal = common.terminal();
    List<Demo> demos = Demo.all();
    if (list && common.output() == Output.json) {
      Json.write(
          terminal.out(),
          demos.stream()
              .map(
                  demo ->
                      Map.of("group", demo.group(), "story", demo.name(), "title", demo.title()))
              .toList());
      return ExitStatus.OK;
    }
    if (list) {
      list(terminal, demos);
      return ExitStatus.OK;
    }
    Demo demo =
        demos.stream()
            .filter(each -> each.name().equals(story))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "no story `"
                            + story
                            + "`; there are "
                            + demos.stream().map(Demo::name).collect(Collectors.joining(", "))));
    Folders.empty(state.demoFolder());
    try (Stage stage = new Stage(demo, state.demoFolder(), common.listener())) {
      if (common.output() == Output.text) {
        stage.tell(new Narrator(terminal));
      } else {
        stage.tell(Stage.Audience.SILENT);
      }
    }
    return ExitStatus.OK;
  }

  private static void list(Terminal terminal, List<Demo> demos) {
    String group = "";
    for (Demo demo : demos) {
      if (!demo.group().equals(group)) {
        group = demo.group();
        terminal.out().println(terminal.styled(Style.FAINT, group));
      }
      terminal
          .out()
          .println(
              "  "
                  + terminal.styled(Style.BOLD, String.format("%-22s", demo.name()))
                  + demo.title());
    }
    terminal.out().flush();
  }
}
