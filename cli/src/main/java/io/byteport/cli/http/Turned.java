package io.byteport.cli.http;

import java.util.Locale;

/** Why a request is turned away; the word is what metrics count. */
public enum Turned {
  /** Nothing is there. */
  UNKNOWN_PATH,
  /** It is not signed, or the token of the source is missing. */
  UNSIGNED,
  /** The signature or the token of the source is wrong. */
  FORGED,
  /** It was seen before, or is too old. */
  REPLAYED,
  /** It is not what is expected there. */
  MALFORMED,
  OVERSIZED,
  /** Neither JSON nor text. */
  MEDIA_TYPE,
  /** More than the source may send. */
  RATE_LIMITED,
  /** More at the same time than can be served. */
  BUSY,
  /** It cannot be judged now. */
  UNAVAILABLE,
  /** Head or body did not come in time. */
  TOO_SLOW,
  /** No token, a wrong one, or a session that has ended. */
  UNAUTHENTICATED,
  /** The role is not enough. */
  FORBIDDEN,
  /** It does not come from a page of this server. */
  FOREIGN_FORM,
  /** Asked under a name that is not this machine's, where nobody is named. */
  FOREIGN_HOST,
  /** A wrong token in the form. */
  FAILED_LOGIN,
  /** Too many wrong tokens from one address. */
  TOO_MANY_LOGINS;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
