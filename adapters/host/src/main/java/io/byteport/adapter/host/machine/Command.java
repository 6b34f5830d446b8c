package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to run, with its arguments as they are. There is no shell between: nothing in an
 * argument is looked at by anybody but the program. Immutable.
 */
public final class Command {
  /** How much of each output is kept unless said otherwise. */
  public static final int CAP = 64 * 1024;

  /** The longest command that goes through every system, quoted. */
  static final int LONGEST = 120 * 1024;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<String> argv;
  private final Map<String, String> environment;
  private final byte[] stdin;
  private final Duration timeout;
  private final int cap;
  private final Progress progress;

  private Command(
      List<String> argv,
      Map<String, String> environment,
      byte[] stdin,
      Duration timeout,
      int cap,
      Progress progress) {
    this.argv = argv;
    this.environment = environment;
    this.stdin = stdin;
    this.timeout = timeout;
    this.cap = cap;
    this.progress = progress;
  }

  /** Nothing on stdin, a minute, 64 KiB of each output, and nobody listens. */
  public static Command of(List<String> argv) {
    return new Command(List.copyOf(argv), Map.of(), new byte[0], MINUTE, CAP, Progress.UNHEARD);
  }

  /** The same as {@link #of(List)}. */
  public static Command of(String... argv) {
    return of(List.of(argv));
  }

  /**
   * A script for {@code /bin/sh}.
   *
   * @param script constant text of the caller; never made of data
   * @param arguments data; what the script sees as $1, $2, ...
   */
  public static Command script(String script, List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", script, "byteport"));
    argv.addAll(arguments);
    return of(argv);
  }

  /** A script under its name; its arguments are what it sees as $1, $2, ... */
  public static Command script(Script script, List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", script.text(), script.zero()));
    argv.addAll(arguments);
    return of(argv);
  }

  /** With these bytes on standard input, then its end. */
  public Command withStdin(byte[] bytes) {
    return new Command(argv, environment, bytes.clone(), timeout, cap, progress);
  }

  /**
   * With one more variable in the environment, which else has PATH, HOME, LC_ALL=C and TZ=UTC only.
   */
  public Command withVariable(String name, String value) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("no name of a variable: " + name);
    }
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Command(argv, Collections.unmodifiableMap(more), stdin, timeout, cap, progress);
  }

  /** With another limit of time, after which the program and all that it started is killed. */
  public Command within(Duration limit) {
    return new Command(argv, environment, stdin, limit, cap, progress);
  }

  /** With another number of bytes that are kept of the end of each output. */
  public Command keeping(int bytes) {
    return new Command(argv, environment, stdin, timeout, bytes, progress);
  }

  /** With somebody who hears each line as it is printed. */
  public Command heardBy(Progress listener) {
    return new Command(argv, environment, stdin, timeout, cap, listener);
  }

  public List<String> argv() {
    return argv;
  }

  /** The name of the program, for messages. */
  public String program() {
    return argv.isEmpty() ? "" : argv.getFirst();
  }

  public Map<String, String> environment() {
    return environment;
  }

  byte[] stdin() {
    return stdin;
  }

  public Duration timeout() {
    return timeout;
  }

  int cap() {
    return cap;
  }

  Progress progress() {
    return progress;
  }

  /**
   * @throws ActionException if no system could run it
   */
  void check() throws ActionException {
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw invalid("there is no program to run");
    }
    if (argv.getFirst().indexOf('=') >= 0) {
      throw invalid("the name of a program cannot hold `=`");
    }
    long length = 0;
    for (int i = 0; i < argv.size(); i++) {
      if (argv.get(i).indexOf('\0') >= 0) {
        throw invalid("argument " + i + " holds a NUL character, which no program can be given");
      }
      length += CommandLine.quote(argv.get(i)).getBytes(StandardCharsets.UTF_8).length + 1L;
    }
    for (String value : environment.values()) {
      if (value.indexOf('\0') >= 0) {
        throw invalid("a variable holds a NUL character, which no program can be given");
      }
      length += CommandLine.quote(value).getBytes(StandardCharsets.UTF_8).length + 64L;
    }
    if (length > LONGEST) {
      throw invalid(
          "the arguments are "
              + length
              + " bytes long; a program can be given "
              + LONGEST
              + ", and more on its standard input");
    }
  }

  private static ActionException invalid(String message) {
    return ActionException.refused(FailureKind.INVALID, message);
  }

  /** The line that an operator could paste. */
  @Override
  public String toString() {
    return CommandLine.of(argv);
  }
}
