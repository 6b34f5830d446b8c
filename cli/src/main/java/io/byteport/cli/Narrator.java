package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.world.World;
import io.byteport.dsl.value.Quantities;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a demonstration is, beside what the journal tells. */
record Narrator(Terminal terminal) implements Stage.Audience {

  @Override
  public void begins(Demo demo, List<World> worlds) {
    terminal.out().println(terminal.styled(Style.BOLD, demo.title()));
    worlds.forEach(world -> say(world.introduction()));
    say("The clock is virtual: waiting takes no time.");
  }

  @Override
  public void passes(Duration time) {
    terminal.out().println();
    say("... " + Quantities.print(time) + " pass ...");
  }

  @Override
  public void ends(Duration simulated, List<World> worlds) {
    terminal.out().println();
    say(
        Quantities.print(simulated)
            + " passed on the virtual clock, "
            + worlds.stream()
                .filter(world -> !world.subject().isEmpty())
                .map(Narrator::changes)
                .collect(Collectors.joining(", "))
            + ". `byteport runs show` tells the last run again, from the journal.");
  }

  private static String changes(World world) {
    long changes = world.changes();
    return changes + (changes == 1 ? " request" : " requests") + " changed " + world.subject();
  }

  private void say(String text) {
    terminal.out().println(terminal.styled(Style.FAINT, text));
    terminal.out().flush();
  }
}
