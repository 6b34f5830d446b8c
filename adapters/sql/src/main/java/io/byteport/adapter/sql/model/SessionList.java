package io.byteport.adapter.sql.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sessions of a server.
 *
 * @param list oldest first
 * @param max how many a server admits, less the reserved ones
 * @param reserved how many it keeps for administrators
 */
public record SessionList(List<Session> list, int max, int reserved) {
  public SessionList {
    list = List.copyOf(list);
  }

  /** The same with each session knowing who waits for it. */
  public SessionList withBlockers() {
    Map<Long, List<Long>> waiting = new LinkedHashMap<>();
    for (Session session : list) {
      for (long blocker : session.blockedBy()) {
        waiting.computeIfAbsent(blocker, pid -> new ArrayList<>()).add(session.pid());
      }
    }
    return new SessionList(
        list.stream()
            .map(session -> session.blocking(waiting.getOrDefault(session.pid(), List.of())))
            .toList(),
        max,
        reserved);
  }
}
