package io.byteport.adapter.host.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SweepStartsTest {
  @Test
  void a_filesystem_below_a_root_is_gone_through_itself() {
    assertThat(Sweep.starts(List.of("/var/log", "/tmp"), "/var/log/app"))
        .containsExactly("/var/log/app", "/tmp");
  }

  @Test
  void audit_logs_and_the_journal_are_not_even_on_a_filesystem_of_their_own() {
    assertThat(Sweep.starts(List.of("/var/log"), "/var/log/audit")).isEmpty();
    assertThat(Sweep.starts(List.of("/var/log"), "/var/log/journal")).isEmpty();
  }
}
