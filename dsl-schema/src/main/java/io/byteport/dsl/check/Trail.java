package io.byteport.dsl.check;

import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of untrusted data through a runbook, from where it comes in.
 *
 * @param hops the source first, one at least
 */
record Trail(List<Hop> hops) {

  /**
   * @param text what happens there, such as "comes from label `pod`"
   */
  record Hop(Span span, String text) {}

  Trail {
    hops = List.copyOf(hops);
  }

  static Trail from(Span span, String text) {
    return new Trail(List.of(new Hop(span, text)));
  }

  Trail through(Span span, String text) {
    List<Hop> longer = new ArrayList<>(hops);
    longer.add(new Hop(span, text));
    return new Trail(longer);
  }
}
