package io.byteport.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's manual page in the language of man(7), made from what {@code --help} knows. */
final class ManPage {
  private final CommandSpec spec;
  private final StringBuilder out = new StringBuilder();

  ManPage(CommandSpec spec) {
    this.spec = spec;
  }

  String text() {
    String name = spec.qualifiedName("-");
    out.append(".TH \"").append(name.toUpperCase(Locale.ROOT)).append("\" 1\n");
    String[] description = spec.usageMessage().description();
    section("NAME");
    line(name + " \\- " + (description.length == 0 ? "" : escaped(description[0])));
    section("SYNOPSIS");
    Help help = spec.commandLine().getHelp();
    line(
        escaped(
            help.synopsis(0).replaceAll("\u001b\\[[0-9;]*m", "").replaceAll("\\s+", " ").strip()));
    section("DESCRIPTION");
    Arrays.stream(description).forEach(this::paragraph);
    arguments();
    commands();
    section("EXIT STATUS");
    ExitStatus.MEANING.forEach(this::item);
    section("ENVIRONMENT");
    Environment.VARIABLES.forEach(this::item);
    examples();
    return out.toString();
  }

  private void arguments() {
    if (!spec.positionalParameters().isEmpty()) {
      section("ARGUMENTS");
      for (PositionalParamSpec one : spec.positionalParameters()) {
        item(one.paramLabel(), description(one));
      }
    }
    section("OPTIONS");
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        item(String.join(", ", option.names()) + value, description(option));
      }
    }
  }

  private static String description(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private void commands() {
    if (!spec.subcommands().isEmpty()) {
      section("COMMANDS");
      for (Map.Entry<String, CommandLine> sub : spec.subcommands().entrySet()) {
        String[] about = sub.getValue().getCommandSpec().usageMessage().description();
        item(sub.getKey(), about.length == 0 ? "" : about[0]);
      }
    }
  }

  private void examples() {
    if (spec.usageMessage().footer().length > 0) {
      section("EXAMPLES");
      line(".nf");
      Arrays.stream(spec.usageMessage().footer()).forEach(example -> line(escaped(example)));
      line(".fi");
    }
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void paragraph(String text) {
    line(".PP");
    line(escaped(text));
  }

  private void item(String term, String text) {
    line(".TP");
    line("\\fB" + escaped(term) + "\\fR");
    line(escaped(text));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** A line that begins with a dot or a quote would be a command of man's own. */
  private static String escaped(String text) {
    String plain = text.replace("%n", " ").replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
