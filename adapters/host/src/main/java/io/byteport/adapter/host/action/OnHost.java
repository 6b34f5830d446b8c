package io.byteport.adapter.host.action;

import io.byteport.adapter.host.machine.Host;

/** The input of an action on one machine. */
public interface OnHost {
  Host host();
}
