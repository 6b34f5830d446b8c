package io.byteport.engine.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What log lines carry beside their words, so that those of one run are found together. */
public final class LogNames {
  /** Under this name a line carries the id of the run that it is about. */
  public static final String RUN = "run";

  private LogNames() {}

  /** Lines of this thread are about a run until this is closed. */
  static MDC.MDCCloseable of(RunId run) {
    return MDC.putCloseable(RUN, run.value());
  }

  /** Lines of a new thread are about what those of this one are about. */
  static Runnable inherited(Runnable work) {
    @Nullable Map<String, String> names = MDC.getCopyOfContextMap();
    return names == null || names.isEmpty()
        ? work
        : () -> {
          MDC.setContextMap(names);
          work.run();
        };
  }
}
