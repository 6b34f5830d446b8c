package io.byteport.engine.replay;

import io.byteport.engine.replay.Replayed.MissingRead;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each read was last answered in a recording. Not safe for several threads. */
final class Answers {
  private record Answer(Command.ReadCall call, ActionResult result) {}

  private final Map<String, Answer> latest = new HashMap<>();
  private final Map<String, MissingRead> missing = new LinkedHashMap<>();

  /** The recording answers what was asked. */
  void record(Command.Read asked, Event.Observed observed) {
    Map<String, Command.ReadCall> calls = new HashMap<>();
    asked.calls().forEach(call -> calls.put(call.read(), call));
    for (Event.Observation one : observed.observations()) {
      Command.ReadCall call = calls.get(one.read());
      if (call != null) {
        latest.put(one.read(), new Answer(call, one.result()));
      }
    }
  }

  /** Answers from the recording; a read that it does not know fails. */
  Event.Observed to(Command.Read asked, Instant at) {
    List<Event.Observation> observations = new ArrayList<>();
    for (Command.ReadCall call : asked.calls()) {
      observations.add(new Event.Observation(call.read(), to(call)));
    }
    return new Event.Observed(at, observations);
  }

  private ActionResult to(Command.ReadCall call) {
    Answer answer = latest.get(call.read());
    if (answer == null) {
      return missing(call, "was not read in the recorded run");
    }
    if (!answer.call().action().equals(call.action())) {
      return missing(call, "was read with " + answer.call().action() + " in the recorded run");
    }
    if (!answer.call().input().equals(call.input())) {
      return missing(call, "was read with other inputs in the recorded run");
    }
    return answer.result();
  }

  private ActionResult missing(Command.ReadCall call, String reason) {
    missing.putIfAbsent(call.read(), new MissingRead(call.read(), call.action(), reason));
    return new ActionResult.Failed(FailureKind.UNREACHABLE, reason, true, null);
  }

  List<MissingRead> missing() {
    return List.copyOf(missing.values());
  }
}
