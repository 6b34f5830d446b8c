package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.RunResult;
import org.junit.jupiter.api.Test;

class WholeRunTest {

  @Test
  void whatIsMendedAndVerifiedIsResolved() {
    Lab lab =
        Lab.of(Sections.BOX, Sections.BROKEN, Sections.MEND, Sections.VERIFY, Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .later("mend", "20s", "box", "ready", true);

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.did()).containsExactly("mend");
    assertThat(lab.report().summary()).isEqualTo("b1 resolved");
    assertThat(lab.report().duration()).isEqualTo(Lab.duration("30s"));
  }
}
