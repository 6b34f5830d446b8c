package io.byteport.adapter.host.model;

/** What a program runs in. */
public enum ProcessRuntime {
  JVM,
  NODEJS,
  OTHER
}
