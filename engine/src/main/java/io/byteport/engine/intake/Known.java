package io.byteport.engine.intake;

import io.byteport.engine.signal.Signal;
import java.time.Instant;

/**
 * The latest episode of an alert, as it is written down.
 *
 * @param heardAt when it was last heard to fire, as far as that is written down
 * @param named whether it is something that a run may be opened for
 */
public record Known(
    EpisodeId id, boolean firing, Instant heardAt, boolean named, Signal signal, String title) {}
