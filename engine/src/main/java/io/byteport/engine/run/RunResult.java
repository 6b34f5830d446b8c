package io.byteport.engine.run;

/** How a run ends. */
public enum RunResult {
  RESOLVED("resolved"),
  ESCALATED("escalated"),
  SKIPPED("skipped"),
  PLANNED("planned"),
  HANDED_OFF("handedOff"),
  JOINED("joined");

  private final String word;

  RunResult(String word) {
    this.word = word;
  }

  /** The word that runbooks compare with. */
  public String word() {
    return word;
  }
}
