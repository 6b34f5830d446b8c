package io.byteport.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.host.machine.Sshd;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same over OpenSSH, and what an operator is shown there. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshInjectionTest extends InjectionContract {
  private Sshd sshd;
  private Rig rig;

  @BeforeAll
  void start(@TempDir Path keys) throws Exception {
    sshd = Sshd.start(keys);
    rig = Rig.of(sshd.entry("localhost"));
  }

  @AfterAll
  void stop() {
    if (sshd != null) {
      rig.close();
      sshd.close();
    }
  }

  @Override
  Rig rig() {
    return rig;
  }

  @Override
  List<String> everywhere() {
    return List.of("'; touch OWNED; '", "$(touch OWNED)\ntouch OWNED\n", "-delete", "a\0b");
  }

  @Test
  void an_operator_can_paste_what_is_shown() {
    assertThat(rig.command("shell.run", "argv", List.of("printf", "%s", "a b'c")))
        .containsExactly(
            "ssh", "-p", Integer.toString(sshd.port()), "root@127.0.0.1", "printf %s 'a b'\\''c'");
    assertThat(rig.command("host.filesystem", "path", "/var/my log").getLast())
        .isEqualTo("df -PTk -- '/var/my log'; df -Pi -- '/var/my log'");
  }

  @Test
  void a_program_that_is_not_there_is_told_by_name() {
    assertThatThrownBy(() -> rig.prepare("shell.run", "argv", List.of("no-such-program")))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
              assertThat(failure.reason()).contains("`no-such-program` on localhost");
            });
  }
}
