package io.byteport.adapter.sql.pgbouncer;

import io.byteport.adapter.sql.model.Pool;
import io.byteport.adapter.sql.model.PoolClient;
import io.byteport.adapter.sql.model.PoolMode;
import io.byteport.adapter.sql.model.PoolStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the console's answers mean. Pure. Versions differ in their columns, so that one that is not
 * there counts as nothing.
 *
 * @see <a href="https://www.pgbouncer.org/usage.html#admin-console">PgBouncer's admin console</a>
 */
final class PoolMapper {
  /** The console's own database. */
  private static final String CONSOLE = "pgbouncer";

  private PoolMapper() {}

  /**
   * The names by which PgBouncer offers a database, of {@code SHOW DATABASES}.
   *
   * @param dbname the database's own name; null for all
   */
  static Set<String> names(List<Map<String, String>> databases, @Nullable String dbname) {
    return databases.stream()
        .filter(row -> !text(row, "name").equals(CONSOLE))
        .filter(
            row ->
                dbname == null
                    || text(row, "database").equals(dbname)
                    || (text(row, "database").isEmpty() && text(row, "name").equals(dbname)))
        .map(row -> text(row, "name"))
        .collect(Collectors.toSet());
  }

  static List<Pool> pools(List<Map<String, String>> rows, Set<String> names) {
    return rows.stream()
        .filter(row -> names.contains(text(row, "database")))
        .map(
            row ->
                new Pool(
                    text(row, "database"),
                    text(row, "user"),
                    mode(text(row, "pool_mode")),
                    count(row, "cl_active"),
                    count(row, "cl_waiting"),
                    count(row, "sv_active"),
                    count(row, "sv_idle"),
                    Duration.ofSeconds(number(row, "maxwait"))
                        .plusNanos(number(row, "maxwait_us") * 1_000)))
        .toList();
  }

  static List<PoolClient> clients(List<Map<String, String>> rows, Set<String> names) {
    return rows.stream()
        .filter(row -> names.contains(text(row, "database")))
        .map(
            row -> {
              boolean waits = text(row, "state").startsWith("waiting");
              return new PoolClient(
                  text(row, "database"),
                  text(row, "user"),
                  text(row, "application_name"),
                  text(row, "addr").isEmpty() ? null : text(row, "addr"),
                  waits,
                  waits
                      ? Duration.ofSeconds(number(row, "wait"))
                          .plusNanos(number(row, "wait_us") * 1_000)
                      : Duration.ZERO);
            })
        .toList();
  }

  static List<PoolStatistics> statistics(List<Map<String, String>> rows, Set<String> names) {
    return rows.stream()
        .filter(row -> names.contains(text(row, "database")))
        .map(
            row ->
                new PoolStatistics(
                    text(row, "database"),
                    number(row, "total_query_count"),
                    Duration.ofNanos(number(row, "avg_query_time") * 1_000),
                    Duration.ofNanos(number(row, "avg_wait_time") * 1_000)))
        .toList();
  }

  /** Settings by name, those of each database as {@code appdb.pool_size}. */
  static Map<String, String> settings(
      List<Map<String, String>> config, List<Map<String, String>> databases) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map<String, String> row : config) {
      settings.put(text(row, "key"), text(row, "value"));
    }
    for (Map<String, String> row : databases) {
      for (String column : List.of("host", "port", "database", "pool_size", "max_connections")) {
        settings.put(text(row, "name") + "." + column, text(row, column));
      }
    }
    return settings;
  }

  /** What is different afterwards, by name: {@code 20 -> 40}. */
  static Map<String, String> changed(Map<String, String> before, Map<String, String> after) {
    List<String> names = new ArrayList<>(before.keySet());
    after.keySet().stream().filter(name -> !before.containsKey(name)).forEach(names::add);
    Map<String, String> changed = new LinkedHashMap<>();
    for (String name : names) {
      String from = before.getOrDefault(name, "");
      String to = after.getOrDefault(name, "");
      if (!from.equals(to)) {
        changed.put(name, from + " -> " + to);
      }
    }
    return changed;
  }

  private static PoolMode mode(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "transaction" -> PoolMode.TRANSACTION;
      case "statement" -> PoolMode.STATEMENT;
      default -> PoolMode.SESSION;
    };
  }

  private static int count(Map<String, String> row, String column) {
    return (int) number(row, column);
  }

  private static long number(Map<String, String> row, String column) {
    String text = text(row, column);
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static String text(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }
}
