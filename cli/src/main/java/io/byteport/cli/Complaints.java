package io.byteport.cli;

import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.engine.journal.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line, or why a command could not be carried out, in a sentence
 * and what to do about it. A defect of BytePort's own shows where it is.
 */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    CommandSpec spec = command.getCommandSpec();
    String name = spec.qualifiedName();
    PrintWriter err = command.getErr();
    err.println("byteport: " + what(failure, spec));
    err.println("`" + name + " --help` shows how to use it");
    return ExitStatus.USAGE;
  }

  private static String what(ParameterException failure, CommandSpec spec) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unknown(unmatched.getUnmatched().getFirst(), spec);
    }
    String message = String.valueOf(failure.getMessage());
    return message.isEmpty()
        ? "wrong usage"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String unknown(String word, CommandSpec spec) {
    if (word.startsWith("-") && word.length() > 1) {
      String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      return "unknown option `" + option + "`" + meant(option, options(spec));
    }
    List<String> commands = List.copyOf(spec.subcommands().keySet());
    return commands.isEmpty()
        ? "unexpected argument `" + word + "`"
        : "unknown command `" + word + "`" + meant(word, commands);
  }

  /** The options of a command as they are written. */
  static List<String> options(CommandSpec spec) {
    List<String> names = new ArrayList<>();
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }

  /** The question that goes behind an unknown word; empty where no other is near. */
  static String meant(String word, List<String> known) {
    return Suggestions.nearest(word, known)
        .map(near -> ", did you mean `" + near + "`?")
        .orElse("");
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof FindingsException) {
      command.getErr().println(failure.getMessage());
      return ExitStatus.FINDINGS;
    }
    if (failure instanceof UsageException
        || failure instanceof StoreException
        || failure instanceof IOException
        || failure instanceof UncheckedIOException) {
      command.getErr().println("byteport: " + sentence(failure));
      return ExitStatus.USAGE;
    }
    throw failure;
  }

  /** What Java says of files is often no more than their name. */
  private static String sentence(Exception failure) {
    Throwable cause =
        failure instanceof UncheckedIOException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case java.nio.file.NoSuchFileException gone -> message + ": no such file or folder";
      case java.nio.file.AccessDeniedException denied -> message + ": not readable";
      default -> message;
    };
  }
}
