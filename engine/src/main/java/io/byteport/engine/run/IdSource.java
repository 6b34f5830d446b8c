package io.byteport.engine.run;

import java.time.Instant;

/**
 * Makes the names of runs and intents; tests inject a predictable one. Safe for several threads.
 */
public interface IdSource {

  RunId newRun(Instant at);

  IntentId newIntent(RunId run);
}
