package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWatchTest {
  @TempDir private Path folder;

  @Test
  void what_changes_is_played_again_until_it_is_interrupted() throws Exception {
    LinkedBlockingQueue<String> passes = new LinkedBlockingQueue<>();
    Thread watch =
        new Thread(
            () -> {
              try {
                new TestWatch(List.of(folder)).run(() -> passes.add("pass"));
                passes.add("over");
              } catch (java.io.IOException failed) {
                passes.add(failed.toString());
              }
            });
    watch.start();

    assertThat(passes.poll(10, TimeUnit.SECONDS)).isEqualTo("pass");
    Files.writeString(folder.resolve("notes.txt"), "no runbook");
    assertThat(passes.poll(500, TimeUnit.MILLISECONDS)).isNull();
    Files.writeString(folder.resolve("a.test.yaml"), "kind: RunbookTest");
    assertThat(passes.poll(10, TimeUnit.SECONDS)).isEqualTo("pass");
    watch.interrupt();
    assertThat(passes.poll(10, TimeUnit.SECONDS)).isEqualTo("over");
  }
}
