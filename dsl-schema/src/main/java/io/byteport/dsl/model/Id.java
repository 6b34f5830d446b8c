package io.byteport.dsl.model;

import io.byteport.dsl.source.Span;

/** A name that the runbook declares or refers to, with its place. */
public record Id(String name, Span span) {
  @Override
  public String toString() {
    return name;
  }
}
