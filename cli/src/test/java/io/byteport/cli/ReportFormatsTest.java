package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.report.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The formats as the command writes them. */
class ReportFormatsTest {
  @TempDir private Path folder;
  private Path sound = Path.of("");
  private Path broken = Path.of("");

  @BeforeEach
  void write() throws IOException {
    String runbook = Library.runbooks().getFirst().text();
    sound = Files.writeString(folder.resolve("sound.yaml"), runbook);
    broken = Files.writeString(folder.resolve("broken.yaml"), runbook + "nothing: 1\n");
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void a_broken_runbook_is_told_in_every_format_and_ends_with_status_1(ReportFormat format) {
    Program validate =
        Program.run("validate", "-o", format.name(), sound.toString(), broken.toString());
    assertThat(validate.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(validate.out()).contains("BP-SCHEMA-001", "broken.yaml", "nothing");
    assertThat(validate.err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void a_sound_runbook_ends_with_status_0_in_every_format(ReportFormat format) {
    Program validate = Program.run("validate", "-o", format.name(), sound.toString());
    assertThat(validate.status()).isEqualTo(ExitStatus.OK);
    assertThat(validate.out()).isNotBlank().doesNotContain("BP-");
  }
}
