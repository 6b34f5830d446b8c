package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The image, the unit and the chart agree with each other and with the program. */
class DeploymentTest {
  private static final Path ROOT = Path.of("..");
  private static final Path UNIT = ROOT.resolve("examples/systemd/byteport.service");
  private static final double MOST_EXPOSED = 1.5;

  private static String dockerfile() throws IOException {
    return Files.readString(ROOT.resolve("examples/docker/Dockerfile")).replace("\\\n", "");
  }

  private static String only(String text, String pattern) {
    Matcher matcher = Pattern.compile("(?m)" + pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  @Test
  void the_image_and_the_chart_run_as_the_same_nobody() throws IOException {
    String user = only(dockerfile(), "^USER (\\d+):\\d+$");

    assertThat(Integer.parseInt(user)).isGreaterThan(10_000);
    assertThat(Files.readString(ChartValues.CHART.resolve("values.yaml")))
        .contains("runAsUser: " + user, "runAsGroup: " + user, "fsGroup: " + user);
    assertThat(dockerfile()).contains("--chown=" + user + ":" + user);
  }

  @Test
  void the_last_stage_holds_nothing_that_builds() throws IOException {
    String last = dockerfile().substring(dockerfile().lastIndexOf("\nFROM "));

    assertThat(last)
        .startsWith("\nFROM gcr.io/distroless/")
        .doesNotContain("RUN ", "mvn", "COPY . ");
    assertThat(last).contains("ENTRYPOINT [\"/opt/java/bin/java\"").contains("-jar");
  }

  @Test
  void what_the_build_reads_is_sent_to_it() throws IOException {
    List<String> ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));

    assertThat(ignored).contains(".git", "**/target").doesNotContain("docs", "*.md", "**/*.md");
    for (String module :
        List.of("dsl-schema", "engine", "adapters", "runbooks-yaml", "cli", "lsp")) {
      assertThat(ignored).doesNotContain(module, module + "/");
    }
  }

  @Test
  void the_unit_gives_the_agent_more_time_than_it_asks_for() throws IOException {
    String unit = Files.readString(UNIT);

    assertThat(Integer.parseInt(only(unit, "^TimeoutStopSec=(\\d+)s$")))
        .isGreaterThan(Integer.parseInt(only(unit, "--drain (\\d+)s$")));
    assertThat(unit).contains("ExecReload=/bin/kill -HUP $MAINPID");
  }

  @Test
  @Tag("real")
  void systemd_understands_the_unit_and_calls_it_safe() throws Exception {
    Optional<Path> analyze = Installed.find("systemd-analyze");
    assumeTrue(analyze.isPresent(), "systemd-analyze is not installed");
    assumeTrue(Installed.find("java").isPresent(), "there is no /usr/bin/java");

    assertThat(output(analyze.get().toString(), "verify", UNIT.toString())).isBlank();
    String security =
        output(analyze.get().toString(), "security", "--offline=true", UNIT.toString());
    assertThat(
            Double.parseDouble(
                only(security, "Overall exposure level for byteport.service: ([0-9.]+)")))
        .isLessThan(MOST_EXPOSED);
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
