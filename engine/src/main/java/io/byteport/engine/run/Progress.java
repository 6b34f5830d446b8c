package io.byteport.engine.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands.
 *
 * @param stack what it is in the middle of, outermost first; empty when it is over
 * @param pending what it wants done; null before its first event
 * @param inFlight an intent whose outcome is not known yet; null for none
 */
record Progress(
    Note.Phase phase,
    int pass,
    List<Frame> stack,
    @Nullable Command pending,
    Event.@Nullable ChangeIntended inFlight) {
  static final Progress START =
      new Progress(
          Note.Phase.DIAGNOSE, 1, List.of(new Frame.Life(Frame.Life.Stage.OPENED)), null, null);

  Progress {
    stack = List.copyOf(stack);
  }

  Frame top() {
    return stack.get(stack.size() - 1);
  }

  /** The rehearsal that is going on; null for none. */
  Frame.@Nullable Rehearsing rehearsal() {
    for (Frame frame : stack) {
      if (frame instanceof Frame.Rehearsing rehearsing) {
        return rehearsing;
      }
    }
    return null;
  }

  /** With another record of the rehearsal that is going on. */
  Progress with(Frame.Rehearsing next) {
    List<Frame> frames =
        stack.stream().map(frame -> frame instanceof Frame.Rehearsing ? next : frame).toList();
    return new Progress(phase, pass, frames, pending, inFlight);
  }

  Progress with(Approvals next) {
    List<Frame> frames =
        stack.stream()
            .map(frame -> frame instanceof Frame.Life life ? life.with(next) : frame)
            .toList();
    return new Progress(phase, pass, frames, pending, inFlight);
  }

  Progress pushed(Frame frame) {
    List<Frame> more = new ArrayList<>(stack);
    more.add(frame);
    return new Progress(phase, pass, more, pending, inFlight);
  }

  Progress popped() {
    return new Progress(phase, pass, stack.subList(0, stack.size() - 1), pending, inFlight);
  }

  Progress in(Note.Phase next, int nextPass) {
    return new Progress(next, nextPass, stack, pending, inFlight);
  }

  Progress wants(@Nullable Command command) {
    return new Progress(phase, pass, stack, command, inFlight);
  }

  Progress intends(Event.@Nullable ChangeIntended intent) {
    return new Progress(phase, pass, stack, pending, intent);
  }
}
