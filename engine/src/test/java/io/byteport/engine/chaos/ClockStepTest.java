package io.byteport.engine.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a process is set while it works under a limit of two changes in six hours. */
@Tag("chaos")
@Timeout(300)
class ClockStepTest {
  private static final ChainCourse.Plan PLAN =
      new ChainCourse.Plan(4, 2, Duration.ofHours(6), "", Duration.ofSeconds(5));

  @TempDir Path temp;

  @Test
  void a_clock_that_is_set_back_an_hour_frees_nothing() {
    assertThat(changesWhileTheClockIsSet("PT-1H")).isEqualTo(2);
  }

  @Test
  void a_clock_that_is_set_forward_an_hour_frees_nothing_of_a_longer_window() {
    assertThat(changesWhileTheClockIsSet("PT1H")).isEqualTo(2);
  }

  @Test
  void a_clock_that_is_set_forward_by_more_than_the_window_frees_nothing_either() {
    assertThat(changesWhileTheClockIsSet("PT48H")).isEqualTo(2);
  }

  private int changesWhileTheClockIsSet(String step) {
    try (WorldServer world = new WorldServer(Duration.ofMillis(5));
        Jvm jvm =
            Jvm.start(
                Carrier.class,
                temp.resolve("log"),
                List.of(
                    "begin",
                    Integer.toString(world.port()),
                    "false",
                    "",
                    temp.resolve("clock").toString(),
                    PLAN.text(),
                    step))) {
      Carrier.Verdict verdict = Carrier.Verdict.among(jvm.rest()).getLast();
      assertThat(verdict.over()).as(verdict.toString()).isTrue();
      assertThat(verdict.result()).isEqualTo("escalated");
      assertThat(verdict.used()).isEqualTo(world.changes().size());
      return world.changes().size();
    }
  }
}
