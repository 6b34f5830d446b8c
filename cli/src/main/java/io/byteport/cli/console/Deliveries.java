package io.byteport.cli.console;

import static j2html.TagCreator.span;

import io.byteport.cli.agent.AgentView.Delivery;
import j2html.tags.DomContent;

/** How far messages have come, as a sign and a word. */
final class Deliveries {
  private Deliveries() {}

  static DomContent of(Delivery delivery) {
    return switch (delivery) {
      case SENT -> state("✓ sent", "well");
      case WAITING -> state("… waiting", "waiting");
      case DEAD -> state("✗ given up", "ill");
      case WITHHELD -> state("– withheld", "off");
    };
  }

  private static DomContent state(String text, String style) {
    return span(text).withClasses("state", style);
  }
}
