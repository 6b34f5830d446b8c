package io.byteport.cli.console;

import io.byteport.cli.http.Visitor;
import java.time.Instant;
import java.util.List;

/**
 * What stands around every page.
 *
 * @param agent its name
 * @param live whether changes are made at all
 * @param autonomy how far it goes where it is live, in a few words
 * @param visitor who looks
 * @param now by the agent's clock
 * @param questions how many wait for an answer
 * @param troubles why the agent is not well; empty where it is
 */
record Scene(
    String agent,
    boolean live,
    String autonomy,
    Visitor visitor,
    Instant now,
    int questions,
    List<String> troubles) {
  Scene {
    troubles = List.copyOf(troubles);
  }
}
