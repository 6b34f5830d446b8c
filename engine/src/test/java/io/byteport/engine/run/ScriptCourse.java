package io.byteport.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A course that a test writes as a function of all events so far. */
record ScriptCourse(List<Event> events, Function<List<Event>, Command> script) implements Course {

  ScriptCourse {
    events = List.copyOf(events);
  }

  static Course.Beginning of(Function<List<Event>, Command> script) {
    return opened -> new ScriptCourse(List.of(), script);
  }

  @Override
  public Next next(Event event) {
    List<Event> more = new ArrayList<>(events);
    more.add(event);
    return new Next(
        new ScriptCourse(more, script),
        List.of(),
        event instanceof Event.ChangeIntended
            ? new Command.Wait(event.at())
            : script.apply(List.copyOf(more)));
  }

  @Override
  public Command resume() {
    return script.apply(events);
  }
}
