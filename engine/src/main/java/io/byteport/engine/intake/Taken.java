package io.byteport.engine.intake;

/**
 * What became of what a source said.
 *
 * @param begun alerts that began to fire
 * @param repeated alerts that were known to fire
 * @param ended alerts that fired and have resolved
 * @param idle ends of alerts that were not known to fire
 */
public record Taken(int begun, int repeated, int ended, int idle) {
  static final Taken NOTHING = new Taken(0, 0, 0, 0);

  /** Both together. */
  public Taken plus(Taken other) {
    return new Taken(
        begun + other.begun, repeated + other.repeated, ended + other.ended, idle + other.idle);
  }
}
