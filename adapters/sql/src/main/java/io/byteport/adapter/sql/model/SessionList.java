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
 * @param free how many more it admits now; our own sessions, which are not in the list, take room
 */
public record SessionList(List<Session> list, int max, int reserved, int free) {
  public SessionList {
    list = List.copyOf(list);
    free = Math.max(0, free);
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
        reserved,
        free);
  }
}
