package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlTest {
  @TempDir Path folder;

  @Test
  void aRealKubectlFindsItsWay() throws IOException, InterruptedException {
    try (TestCluster c = TestCluster.named("image-pull")) {
      Files.writeString(folder.resolve("kubeconfig"), c.cluster.kubeconfig());
      assumeTrue(answers(), "no kubectl answers on this machine");
      assertThat(kubectl("get", "pods")).contains("ImagePullBackOff").contains("1/1");
      assertThat(kubectl("get", "deployment", "api", "-o", "yaml"))
          .contains("image: registry.example.com/api:1.5.0-rc1");
      assertThat(kubectl("rollout", "history", "deployment/api")).contains("release 1.5.0-rc1");
      String sick = "pod/" + sickPod(c);
      assertThat(kubectl("describe", sick)).contains("Back-off pulling image");
      assertThat(kubectl("logs", sick)).contains("trying and failing to pull image");
      assertThat(kubectl("annotate", "deployment", "api", "x=y")).contains("annotated");
      assertThat(kubectl("rollout", "undo", "deployment/api", "--to-revision=2"))
          .contains("rolled back");
      assertThat(kubectl("rollout", "history", "deployment/api").lines())
          .filteredOn(l -> l.matches("[0-9]+ .*"))
          .extracting(l -> l.replaceAll(" .*", ""))
          .containsExactly("1", "3", "4");
      assertThat(
              kubectl(
                  "patch",
                  "deployment",
                  "api",
                  "-p",
                  "{\"spec\":{\"replicas\":2}}",
                  "--dry-run=server"))
          .contains("patched");
      assertThat(c.deployment().getSpec().getReplicas()).isEqualTo(1);
      assertThat(kubectl("cordon", "worker-1")).contains("worker-1 cordoned");
    }
  }

  private static String sickPod(TestCluster c) {
    return c.pods().stream()
        .filter(p -> !CrashLoopTest.ready(p))
        .findFirst()
        .orElseThrow()
        .getMetadata()
        .getName();
  }

  private boolean answers() {
    try {
      return kubectl("version").contains("Server Version: v1.32.0-simulated");
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    Path fixed = Path.of("/usr/bin/kubectl");
    List<String> command = new ArrayList<>();
    command.add(Files.isExecutable(fixed) ? fixed.toString() : "kubectl");
    command.addAll(List.of("--namespace", "production"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
