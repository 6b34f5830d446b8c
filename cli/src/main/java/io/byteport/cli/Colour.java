package io.byteport.cli;

import java.util.Map;

/** Whether colours are shown. */
enum Colour {
  /** On a terminal, unless the environment says otherwise. */
  auto,
  always,
  never;

  /**
   * What comes of it. {@code NO_COLOR} (no-color.org) and a terminal that calls itself dumb take
   * colours away; {@code CLICOLOR_FORCE} (bixense.com/clicolors) gives them without a terminal.
   *
   * @param terminal whether the output is one
   * @param environment of the process
   */
  boolean shown(boolean terminal, Map<String, String> environment) {
    return switch (this) {
      case always -> true;
      case never -> false;
      case auto -> {
        String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean dumb = "dumb".equals(environment.get("TERM"));
        yield !refused && (!forced.isEmpty() && !forced.equals("0") || terminal && !dumb);
      }
    };
  }
}
