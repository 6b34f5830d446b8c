package io.byteport.cli.console;

import static j2html.TagCreator.small;

import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.IntentId;
import j2html.tags.DomContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The changes of a story: what was intended, and what each came to. */
final class Changes {
  private final Map<IntentId, Event.ChangeIntended> intents = new HashMap<>();

  DomContent intended(Event.ChangeIntended intended) {
    intents.put(intended.intent(), intended);
    return Parts.all(
        Safe.text(intended.step()),
        small(Safe.text(" " + intended.action())),
        Parts.command(intended.command()));
  }

  DomContent outcome(Event.ChangeFinished finished) {
    Event.ChangeIntended intended = intents.get(finished.intent());
    String step = intended == null ? "" : intended.step() + ": ";
    return switch (finished.result()) {
      case ActionResult.Done done ->
          Parts.all(
              Safe.text(
                  step
                      + (done.changed() ? "done" : "nothing to change")
                      + (finished.recovered() ? ", learned by looking again" : "")),
              Difference.html(
                  intended == null || !done.changed()
                      ? List.of()
                      : Difference.of(intended.input(), intended.memo(), done.output())));
      case ActionResult.Failed failed ->
          Safe.text(
              step
                  + (failed.certainlyNothing() ? "failed, nothing was changed: " : "not known: ")
                  + failed.reason());
    };
  }
}
