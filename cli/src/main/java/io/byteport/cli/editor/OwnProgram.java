package io.byteport.cli.editor;

import io.byteport.lsp.live.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * This very program, with the same Java and the same classes. What it prints beyond {@value
 * #MOST_BYTES} bytes is left out. Safe for use by several threads.
 */
public final class OwnProgram implements Program {
  private static final int MOST_BYTES = 64 << 20;

  /** It lives for a moment: what makes a long-lived process fast would only make it late. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx512m");

  private final List<String> command;
  private final ExecutorService streams =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("program-", 0).factory());

  private OwnProgram(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * The program whose main class is this one.
   *
   * @param main with a {@code main} method
   */
  public static OwnProgram of(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-cp", classes(), main.getName()));
    return new OwnProgram(command);
  }

  /** Absolute, since it is started in other folders. */
  private static String classes() {
    List<String> absolute = new ArrayList<>();
    String separator = System.getProperty("path.separator");
    for (String part : System.getProperty("java.class.path").split(separator, -1)) {
      absolute.add(Path.of(part).toAbsolutePath().toString());
    }
    return String.join(separator, absolute);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // what becomes of a process is in its own future
  public CompletableFuture<Ended> run(
      List<String> arguments, Path folder, String input, Duration limit) {
    List<String> line = new ArrayList<>(command);
    line.addAll(arguments);
    Process process;
    try {
      process = new ProcessBuilder(line).directory(folder.toFile()).start();
    } catch (IOException none) {
      return CompletableFuture.failedFuture(none);
    }
    CompletableFuture<String> out = read(process.getInputStream());
    CompletableFuture<String> err = read(process.getErrorStream());
    CompletableFuture<Void> fed =
        CompletableFuture.runAsync(() -> write(process.getOutputStream(), input), streams);
    CompletableFuture<Ended> ended =
        CompletableFuture.allOf(out, err, fed)
            .thenCombine(
                process.onExit(),
                (all, gone) -> new Ended(gone.exitValue(), out.join(), err.join()));
    CompletableFuture<Ended> told = ended.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    told.whenComplete(
        (found, broken) -> {
          if (told.isCancelled() || broken instanceof TimeoutException) {
            kill(process);
          }
        });
    return told;
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            String text = new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            stream.transferTo(OutputStream.nullOutputStream());
            return text;
          } catch (IOException gone) {
            throw new CompletionException(gone);
          }
        },
        streams);
  }

  private static void write(OutputStream stream, String input) {
    try (stream) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      // It ended without reading: its status and words say why.
      return;
    }
  }
}
