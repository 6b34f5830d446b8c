package io.byteport.adapter.cloud.http;

/** How an API says that it will not. Pure; must not throw, whatever the answer is. */
@FunctionalInterface
public interface Dialect {

  /** Says nothing: the status is all there is. */
  Dialect SILENT = reply -> Problem.NONE;

  /**
   * @param reply one that is no success
   */
  Problem problem(Reply reply);
}
