package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The machine that this program runs on. Programs are its child processes, each a session. */
final class LocalMachine implements Machine {
  /** How long the outputs are read after the program ended, where others hold them open. */
  private static final Duration DRAIN = Duration.ofSeconds(1);

  private static final boolean ARGUMENTS_ARE_UTF_8 =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
          .equals(StandardCharsets.UTF_8);

  private final String name;
  private final String path;

  /**
   * @param path the directories with programs, separated by colons
   */
  LocalMachine(String name, String path) {
    this.name = name;
    this.path = path;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Finished run(Command command) throws ActionException, InterruptedException {
    command.check();
    Path program = program(command.program());
    @Nullable Path script = null;
    try {
      List<String> argv = new ArrayList<>(command.argv());
      argv.set(0, program.toString());
      if (!ARGUMENTS_ARE_UTF_8 && !argv.stream().allMatch(LocalMachine::isAscii)) {
        script = script(argv);
        argv = List.of("/bin/sh", script.toString());
      }
      return run(command, argv);
    } catch (IOException e) {
      throw notStarted(command, e);
    } finally {
      if (script != null) {
        delete(script);
      }
    }
  }

  private Finished run(Command command, List<String> argv)
      throws IOException, ActionException, InterruptedException {
    List<String> line = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      line.add(setsid.toString());
    }
    line.addAll(argv);
    ProcessBuilder builder = new ProcessBuilder(line).directory(Path.of("/").toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", path);
    environment.put("HOME", System.getProperty("user.home", "/"));
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    environment.putAll(command.environment());
    Process process = builder.start();
    boolean ended = false;
    try (Capture stdout = new Capture(command.cap(), command.progress(), "");
        Capture stderr = new Capture(command.cap(), command.progress(), "")) {
      Thread out = pump(process.getInputStream(), stdout);
      Thread err = pump(process.getErrorStream(), stderr);
      Thread in = feed(command.stdin(), process.getOutputStream());
      ended = process.waitFor(command.timeout().toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        throw Failures.timeout(command, stdout, stderr);
      }
      Deadline drained = Deadline.in(DRAIN);
      for (Thread each : List.of(out, err, in)) {
        each.join(Math.max(1, drained.remaining().toMillis()));
      }
      return new Finished(command.program(), process.exitValue(), stdout.output(), stderr.output());
    } finally {
      if (!ended) {
        ProcessTree.kill(process.toHandle());
      }
      process.getInputStream().close();
      process.getErrorStream().close();
    }
  }

  private static Thread pump(InputStream from, Capture to) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              byte[] buffer = new byte[8192];
              try {
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                  to.write(buffer, 0, n);
                }
              } catch (IOException closed) {
                return; // nobody waits for the rest any more
              }
            });
  }

  private static Thread feed(byte[] bytes, OutputStream to) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (to) {
                to.write(bytes);
              } catch (IOException e) {
                return; // the program does not read its input, which is its own affair
              }
            });
  }

  /** The file of a program, found as a shell would find it. */
  private Path program(String program) throws ActionException {
    if (program.indexOf('/') >= 0) {
      Path file = Path.of("/").resolve(program);
      if (!Files.exists(file)) {
        throw Failures.noProgram(program, name);
      }
      if (!Files.isExecutable(file) || Files.isDirectory(file)) {
        throw ActionException.refused(
            FailureKind.FORBIDDEN, program + " on " + name + " may not be run");
      }
      return file;
    }
    for (String directory : path.split(":", -1)) {
      Path file = Path.of(directory.isEmpty() ? "/" : directory, program);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return file;
      }
    }
    throw Failures.noProgram(program, name);
  }

  private ActionException notStarted(Command command, IOException e) {
    String words = String.valueOf(e.getMessage());
    if (words.contains("error=2,")) {
      return Failures.noProgram(command.program(), name);
    }
    FailureKind kind = words.contains("error=13,") ? FailureKind.FORBIDDEN : FailureKind.INVALID;
    return new ActionException(
        kind, Effect.NONE, "cannot run `" + command.program() + "` on " + name + ": " + words, e);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }

  /** Where the platform cannot pass the characters, a shell reads them from a file. */
  private static Path script(List<String> argv) throws IOException {
    Path script = Files.createTempFile("byteport", ".sh");
    Files.writeString(script, "exec " + CommandLine.of(argv) + "\n", StandardCharsets.UTF_8);
    return script;
  }

  private static void delete(Path script) throws ActionException {
    try {
      Files.deleteIfExists(script);
    } catch (IOException e) {
      throw new ActionException(
          FailureKind.INTERNAL, Effect.UNKNOWN, "cannot delete " + script + ": " + e, e);
    }
  }
}
