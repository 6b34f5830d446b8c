package io.byteport.cli.agent;

import java.time.Duration;

/** Counts requests. Called on threads of requests, several at a time; returns quickly. */
public interface Requests {

  /**
   * @param route of which there are few
   * @param reason one word
   */
  void refused(String route, String reason);

  void answered(String route, int status, Duration took);
}
