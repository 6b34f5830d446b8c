package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentRehearsalTest {
  @TempDir private Path folder;

  @Test
  @Tag("slow")
  void an_agent_is_rehearsed_without_a_cluster_and_leaves_nothing_behind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    ProcessBuilder rehearsal =
        ClusterProcess.java(Rehearsal.class.getName(), List.of("agent"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile());
    rehearsal.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    Process process = rehearsal.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(folder.resolve("out"))).isZero();
      assertThat(temporary).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }
}
