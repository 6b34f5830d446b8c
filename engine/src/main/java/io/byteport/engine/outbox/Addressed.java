package io.byteport.engine.outbox;

import java.util.List;

/**
 * Who is told of a notice.
 *
 * @param envelopes one for each channel that gets it
 * @param unheard kinds of channel that the notice names and that no channel is of
 */
public record Addressed(List<Envelope> envelopes, List<String> unheard) {
  /** Nobody, and nobody is missed. */
  public static final Addressed TO_NOBODY = new Addressed(List.of(), List.of());

  public Addressed {
    envelopes = List.copyOf(envelopes);
    unheard = List.copyOf(unheard);
  }

  boolean isEmpty() {
    return envelopes.isEmpty() && unheard.isEmpty();
  }
}
