package io.byteport.adapter.sql.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose sessions are never touched, by how their application_name or their user begins, whatever
 * its case: proxies, consoles and cluster managers always, others as a runbook says.
 *
 * @param names in lower case
 */
public record Spared(List<String> names) {
  /** Always spared. */
  public static final List<String> ALWAYS =
      List.of(
          "pgbouncer",
          "pgcat",
          "odyssey",
          "admin-proxy",
          "pgadmin",
          "patroni",
          "repmgr",
          "barman",
          "proxysql",
          "maxscale");

  public Spared {
    names = List.copyOf(names);
  }

  /**
   * Those that are always spared, and some more.
   *
   * @throws IllegalArgumentException if a name is blank, which would spare everybody
   */
  public static Spared with(List<String> more) {
    if (more.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a name in `spare` is blank, which would spare everybody");
    }
    return new Spared(
        Stream.concat(ALWAYS.stream(), more.stream().map(name -> name.toLowerCase(Locale.ROOT)))
            .distinct()
            .toList());
  }

  /** The name that a user or an application begins with. */
  public Optional<String> match(String user, String application) {
    String lowerUser = user.toLowerCase(Locale.ROOT);
    String lowerApplication = application.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> lowerUser.startsWith(name) || lowerApplication.startsWith(name))
        .findFirst();
  }
}
