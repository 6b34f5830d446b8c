package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.FailureKind;
import org.jspecify.annotations.Nullable;

/** How an action ended. */
public sealed interface ActionResult {

  /**
   * @param output {@link Value#NULL} where a finder found nothing
   * @param changed false for reads, and where the world already was as wanted
   */
  record Done(Value output, boolean changed) implements ActionResult {}

  /**
   * @param reason the other side's own words
   * @param certainlyNothing whether it is certain that nothing changed
   * @param output what it returned all the same; null for nothing
   */
  record Failed(FailureKind kind, String reason, boolean certainlyNothing, @Nullable Value output)
      implements ActionResult {}
}
