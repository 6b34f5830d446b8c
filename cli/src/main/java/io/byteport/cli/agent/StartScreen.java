package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.engine.run.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What an agent says of itself when it starts: one screen, the most important first. */
final class StartScreen {
  private StartScreen() {}

  /**
   * @param heldDry whether the environment keeps changes from being made
   * @param address where it listens
   */
  static List<String> lines(Settings settings, boolean heldDry, String address) {
    AgentConfiguration configuration = settings.configuration();
    List<String> lines = new ArrayList<>();
    lines.add("agent " + configuration.name() + " listens on " + address);
    lines.add("mode       " + mode(settings, heldDry));
    lines.add("autonomy   " + autonomy(configuration));
    lines.add("store      " + StatePlace.describe(configuration.store()));
    lines.add("reaches    " + entries(settings));
    lines.add("hears      " + sources(configuration));
    lines.add("tells      " + channels(configuration));
    RunbookSet set = settings.runbooks();
    lines.add(
        "runbooks   "
            + set.enabled().size()
            + " may be started, "
            + set.watching().size()
            + " of them watch by themselves, "
            + set.leftOut().size()
            + " are left out");
    set.leftOut().forEach(one -> lines.add("left out   " + one.runbook().id() + ": " + one.why()));
    set.problems()
        .forEach(
            (where, what) ->
                what.lines().forEach(line -> lines.add("problem    " + where + ": " + line)));
    return lines;
  }

  private static String mode(Settings settings, boolean heldDry) {
    if (settings.mode() == Mode.LIVE) {
      return "LIVE: changes are made";
    }
    return heldDry && settings.configuration().live()
        ? "dry run, since BYTEPORT_RUNBOOK_DRY_RUN is true: nothing is changed"
        : "dry run: nothing is changed";
  }

  private static String autonomy(AgentConfiguration configuration) {
    if (configuration.autonomy().isEmpty()) {
      return "observe (nothing is configured)";
    }
    Map<String, Integer> levels = new LinkedHashMap<>();
    configuration.autonomy().forEach(entry -> levels.merge(entry.level(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    levels.forEach((level, count) -> words.add(count + " x " + level));
    return String.join(", ", words)
        + "; the lowest that holds counts"
        + (configuration.windows().isEmpty()
            ? ""
            : "; windows: " + String.join(", ", configuration.windows().keySet()))
        + (configuration.limits().isEmpty()
            ? ""
            : "; limits: " + String.join(", ", configuration.limits().keySet()));
  }

  private static String entries(Settings settings) {
    TreeSet<String> names = new TreeSet<>();
    settings.inventory().entries().forEach(one -> names.add(one.name() + " (" + one.type() + ")"));
    return names.isEmpty()
        ? "no connections; the cluster of this environment, if there is one"
        : String.join(", ", names);
  }

  private static String sources(AgentConfiguration configuration) {
    List<String> words = new ArrayList<>();
    configuration
        .sources()
        .forEach(
            (name, source) ->
                words.add(
                    name
                        + " ("
                        + source.entry().type()
                        + (source.webhook() == null ? "" : " at " + source.webhook())
                        + ")"));
    return words.isEmpty() ? "no sources; only its own detectors" : String.join(", ", words);
  }

  private static String channels(AgentConfiguration configuration) {
    List<String> words = new ArrayList<>();
    configuration
        .channels()
        .forEach((name, channel) -> words.add(name + " (" + channel.entry().type() + ")"));
    return words.isEmpty() ? "nobody: no channels" : String.join(", ", words);
  }
}
