package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void tells_its_version() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("byteport ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void wrong_usage_ends_with_status_2_and_says_so_on_standard_error() {
    assertThat(run("--no-such-option")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("--no-such-option");
  }

  @Test
  void without_a_command_it_ends_with_status_2() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString())
        .contains("expected a command", "`byteport --help` shows how to use it");
  }

  private int run(String... args) {
    return Main.commandLine(args)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}
