package io.byteport.sim.host.system;

import io.byteport.sim.host.scenario.Scenario.MountSpec;

/** A filesystem and where it is mounted. Mutable; guarded by the machine. */
public final class Mount {
  private final MountSpec spec;
  private final int device;
  private long size;

  Mount(MountSpec spec, int device) {
    this.spec = spec;
    this.device = device;
    this.size = spec.size();
  }

  public String path() {
    return spec.path();
  }

  public MountSpec spec() {
    return spec;
  }

  /** Its number, by which inodes know it. */
  public int device() {
    return device;
  }

  /** In bytes. */
  public long size() {
    return size;
  }

  /** Takes all of its device. */
  public void grow() {
    size = Math.max(size, spec.deviceSize());
  }
}
