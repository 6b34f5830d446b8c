package io.byteport.engine.chaos;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with this one's class path, which can be talked to line by line and killed. */
record Jvm(Process process, BufferedReader out, BufferedWriter in) implements AutoCloseable {

  /**
   * @param prefix words before {@code java}, such as a shell that sets a limit
   * @param log where its standard error goes
   */
  static Jvm start(List<String> prefix, Class<?> main, Path log, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx160m",
            // Nobody reads a log that may break off in the middle of a line.
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider"));
    command.addAll(ClassPath.options());
    command.add(main.getName());
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new Jvm(
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
          new BufferedWriter(
              new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Jvm start(Class<?> main, Path log, List<String> arguments) {
    return start(List.of(), main, log, arguments);
  }

  /** All that it says until it ends. */
  List<String> rest() {
    return out.lines().toList();
  }

  void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (status != 0 && process.isAlive()) {
        throw new IllegalStateException("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns once the process is gone. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
