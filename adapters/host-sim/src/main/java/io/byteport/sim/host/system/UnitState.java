package io.byteport.sim.host.system;

import io.byteport.sim.host.scenario.Scenario.UnitSpec;
import java.time.Instant;

/** A unit and its state. Mutable; guarded by the machine. */
public final class UnitState {
  private final UnitSpec spec;
  private String active;
  private Instant since;
  private String result;
  private int invocation = 1;

  UnitState(UnitSpec spec, Instant now) {
    this.spec = spec;
    this.active = spec.state();
    this.since = now.minus(spec.age());
    this.result = spec.state().equals("failed") ? "exit-code" : "success";
  }

  public UnitSpec spec() {
    return spec;
  }

  /** As systemd calls it. */
  public String active() {
    return active;
  }

  public Instant since() {
    return since;
  }

  public String result() {
    return result;
  }

  /** Whoever starts it anew gives it another. */
  public String invocation() {
    return String.format(
        java.util.Locale.ROOT, "%016x%016x", (long) spec.name().hashCode(), (long) invocation);
  }

  void becomes(String state, Instant now) {
    active = state;
    since = now;
    result = state.equals("failed") ? "exit-code" : "success";
    invocation++;
  }
}
