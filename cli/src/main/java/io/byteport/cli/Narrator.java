package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.value.Quantities;
import java.time.Duration;

/** Says what a demonstration is, beside what the journal tells. */
record Narrator(Terminal terminal) implements Stage.Audience {

  @Override
  public void begins(Demo demo, String api) {
    terminal.out().println(terminal.styled(Style.BOLD, demo.title()));
    say("A simulated cluster answers at " + api + ". The clock is virtual: waiting takes no time.");
  }

  @Override
  public void passes(Duration time) {
    terminal.out().println();
    say("... " + Quantities.print(time) + " pass ...");
  }

  @Override
  public void ends(Duration simulated, long changes) {
    terminal.out().println();
    say(
        Quantities.print(simulated)
            + " passed on the virtual clock, "
            + changes
            + (changes == 1 ? " request" : " requests")
            + " changed the cluster. `byteport runs show` tells the last run again, from the"
            + " journal.");
  }

  private void say(String text) {
    terminal.out().println(terminal.styled(Style.FAINT, text));
    terminal.out().flush();
  }
}
