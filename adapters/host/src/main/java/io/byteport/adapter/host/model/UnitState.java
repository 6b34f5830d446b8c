package io.byteport.adapter.host.model;

/** What systemd says about a unit (systemd(1), ActiveState). */
public enum UnitState {
  ACTIVE,
  RELOADING,
  ACTIVATING,
  DEACTIVATING,
  INACTIVE,
  FAILED
}
