package io.byteport.cli.report;

/**
 * That a finding was looked at and is put up with.
 *
 * @param kind where that is written
 * @param justification why, in a sentence; empty where nobody says
 */
public record Suppression(Kind kind, String justification) {

  /** Where a suppression is written. */
  public enum Kind {
    /** In the file itself, such as in a comment. */
    IN_SOURCE,
    /** Elsewhere, such as in settings or in a baseline. */
    EXTERNAL
  }
}
