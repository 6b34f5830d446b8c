package io.byteport.engine.signal;

import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.SignalSink;
import io.byteport.engine.run.Timers;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.Inventory;

/**
 * What a watcher works with.
 *
 * @param timers are not closed by the watcher
 * @param signals where signals go; one that it throws for is offered again
 */
public record WatcherParts(
    ActionRegistry actions,
    Inventory inventory,
    Evaluator evaluator,
    Timers timers,
    SignalSink signals,
    WatchListener listener,
    Redactor redactor) {}
