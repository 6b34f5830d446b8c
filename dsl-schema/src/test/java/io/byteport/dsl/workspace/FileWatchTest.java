package io.byteport.dsl.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileWatchTest {
  private static final int PATIENCE = 20;
  private static final int QUIET_MILLIS = 600;

  private final Semaphore passes = new Semaphore(0);
  @TempDir private Path folder;
  private Thread thread = new Thread();

  private void watch(Path... roots) throws InterruptedException {
    thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    new FileWatch(List.of(roots)).run(passes::release);
                  } catch (IOException failed) {
                    throw new AssertionError(failed);
                  }
                });
    anotherPass();
  }

  private void anotherPass() throws InterruptedException {
    assertThat(passes.tryAcquire(PATIENCE, TimeUnit.SECONDS)).as("a pass").isTrue();
  }

  private void noPass() throws InterruptedException {
    assertThat(passes.tryAcquire(QUIET_MILLIS, TimeUnit.MILLISECONDS)).as("a pass").isFalse();
  }

  @AfterEach
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  @Test
  void a_new_file_a_change_and_a_removal_lead_to_another_pass() throws Exception {
    watch(folder);
    Path file = Files.writeString(folder.resolve("x.yaml"), "1");
    anotherPass();
    Files.writeString(file, "2");
    anotherPass();
    Files.delete(file);
    anotherPass();
  }

  @Test
  void changes_that_come_close_together_lead_to_few_passes() throws Exception {
    watch(folder);
    int changes = 200;
    for (int i = 0; i < changes; i++) {
      Files.writeString(folder.resolve("x" + i + ".yaml"), "1");
    }
    int led = 0;
    while (passes.tryAcquire(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
      led++;
    }
    assertThat(led).isBetween(1, changes / 10); // one, unless the machine halts in between
  }

  @Test
  void folders_that_come_later_are_watched_too() throws Exception {
    watch(folder);
    Path inner = Files.createDirectories(folder.resolve("a/b/c"));
    anotherPass();
    Files.writeString(inner.resolve("x.yaml"), "1");
    anotherPass();
    Files.delete(inner.resolve("x.yaml"));
    anotherPass();
  }

  @Test
  void other_files_hidden_ones_and_those_of_builds_do_not_matter() throws Exception {
    Files.createDirectories(folder.resolve("target"));
    watch(folder);
    Files.writeString(folder.resolve("notes.txt"), "1");
    Files.writeString(folder.resolve(".x.yaml"), "1");
    Files.writeString(folder.resolve("target/x.yaml"), "1");
    noPass();
    Files.writeString(folder.resolve(".gitignore"), "1");
    anotherPass();
  }

  @Test
  void of_a_single_file_nothing_else_in_its_folder_matters() throws Exception {
    Path file = Files.writeString(folder.resolve("x.yaml"), "1");
    watch(file);
    Files.writeString(folder.resolve("y.yaml"), "1");
    noPass();
    Files.writeString(file, "2");
    anotherPass();
  }

  @Test
  void an_editor_that_writes_beside_and_renames_is_noticed() throws Exception {
    Path file = Files.writeString(folder.resolve("x.yaml"), "1");
    watch(file);
    Path beside = Files.writeString(folder.resolve(".x.yaml.tmp"), "2");
    Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    anotherPass();
  }

  @Test
  void it_ends_when_the_thread_is_interrupted() throws Exception {
    watch(folder);
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE));
    assertThat(thread.isAlive()).isFalse();
  }
}
