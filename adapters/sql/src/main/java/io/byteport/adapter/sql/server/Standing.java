package io.byteport.adapter.sql.server;

/** How a session stands to what was seen of it. */
public sealed interface Standing {

  /** There is no such session any more. */
  record Gone() implements Standing {}

  /** It is there, and at something else. */
  record MovedOn() implements Standing {}

  /**
   * It is not to be touched.
   *
   * @param why as the rest of a sentence that begins with the session
   */
  record Protected(String why) implements Standing {}

  /** It is at what it was at. */
  record Same() implements Standing {}
}
