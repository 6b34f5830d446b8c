package io.byteport.adapter.kubernetes.model;

import io.byteport.dsl.value.DataSize;

/**
 * An amount of what pods are scheduled by.
 *
 * @param cpu cores
 */
public record Resources(double cpu, DataSize memory) {
  public static final Resources NONE = new Resources(0, new DataSize(0));

  public Resources plus(Resources other) {
    return new Resources(cpu + other.cpu, new DataSize(memory.bytes() + other.memory.bytes()));
  }

  /** May be negative, where more is taken than there is. */
  public Resources minus(Resources other) {
    return new Resources(cpu - other.cpu, new DataSize(memory.bytes() - other.memory.bytes()));
  }

  /** The larger of each. */
  public Resources max(Resources other) {
    return new Resources(
        Math.max(cpu, other.cpu), new DataSize(Math.max(memory.bytes(), other.memory.bytes())));
  }
}
