package io.byteport.cli.http;

import java.time.Duration;

/**
 * Hears what is answered. Called on threads of requests, several at a time; must return quickly.
 */
public interface HttpCounts {

  /** Who does not count. */
  HttpCounts NONE =
      new HttpCounts() {
        @Override
        public void refused(Turned why, String where) {}

        @Override
        public void answered(String where, int status, Duration took) {}
      };

  /**
   * Something was turned away.
   *
   * @param where the route, such as {@code /api/v1/runs/{run}}, or the path of a source; {@code
   *     other} for what is neither, so that there are few
   */
  void refused(Turned why, String where);

  /** A request was answered; a stream when it has ended. */
  void answered(String where, int status, Duration took);
}
