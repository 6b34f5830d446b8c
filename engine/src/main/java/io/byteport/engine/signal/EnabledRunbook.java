package io.byteport.engine.signal;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.value.Value.StructValue;

/**
 * A runbook that may be started, as this deployment configures it.
 *
 * @param params every parameter by name, as {@link ParamBinder} bound them
 */
public record EnabledRunbook(CheckedRunbook runbook, StructValue params) {

  public String id() {
    return runbook.id();
  }
}
