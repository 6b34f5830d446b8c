package io.byteport.dsl.edit;

import java.util.Map;
import java.util.Optional;

/** What the names mean that the language gives every expression. */
public final class LanguageNames {
  private static final Map<String, String> DOCS =
      Map.ofEntries(
          Map.entry("params", "What the deployment sets, by name."),
          Map.entry("inputs", "What the signal says, typed and named once."),
          Map.entry("signal", "The signal that opened the incident."),
          Map.entry("target", "What the incident is about."),
          Map.entry("class", "What the incident was classified as; `unknown` where no rule held."),
          Map.entry("confidence", "How sure the classification is, from 0 to 1."),
          Map.entry("severity", "How grave the incident is."),
          Map.entry("guardrails", "The limits of this runbook with what is used of them."),
          Map.entry("run", "This run: its result, what it did, when it changed something."),
          Map.entry("runbook", "The runbook itself: its id, title and version."),
          Map.entry("now", "The time at which the expression is evaluated."),
          Map.entry("before", "Every fact as it was when the incident was classified."),
          Map.entry("steps", "What became of each step, by id."),
          Map.entry("with", "What the guarded action is given."),
          Map.entry("args", "What the call of the block gives."),
          Map.entry("item", "The element that this is done for."),
          Map.entry("result", "What the read or the step returned."),
          Map.entry("action", "The change that is to be decided about."),
          Map.entry("body", "The whole of what the source sent."),
          Map.entry("event", "What the message is about: `opened`, `resolved`, `escalated`."),
          Map.entry("title", "The title of the message."),
          Map.entry("details", "What the message says beside its title."),
          Map.entry("link", "Where the console shows the run."),
          Map.entry("$", "Each element of the list in turn."));

  private LanguageNames() {}

  /** One sentence; empty for names that a file declares. */
  public static Optional<String> doc(String name) {
    return Optional.ofNullable(DOCS.get(name));
  }
}
