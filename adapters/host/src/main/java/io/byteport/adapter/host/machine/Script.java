package io.byteport.adapter.host.machine;

/**
 * A script for {@code /bin/sh} that an action brings along. Constant; data is only ever an argument
 * of it.
 *
 * @param name what the list of processes of the machine shows, after {@code byteport-}
 * @param text what the shell reads
 */
public record Script(String name, String text) {
  /** What $0 is. */
  String zero() {
    return "byteport-" + name;
  }

  /** The two, one after the other, under another name. */
  public Script then(String name, String more) {
    return new Script(name, text + more);
  }
}
