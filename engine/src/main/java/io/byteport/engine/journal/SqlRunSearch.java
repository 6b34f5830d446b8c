package io.byteport.engine.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One query for one filter. */
final class SqlRunSearch {
  private static final String ANY_WORD =
      "lower(id || ' ' || runbook || ' ' || signal || ' ' || target || ' '"
          + " || coalesce(class_id, '') || ' ' || coalesce(reason, '')) like ? escape '!'";

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  SqlRunSearch(RunFilter filter) {
    if (filter.runbook() != null) {
      holds("runbook = ?", filter.runbook());
    }
    if (filter.target() != null) {
      holds("lower(target) like ? escape '!'", part(filter.target()));
    }
    if (filter.ended() != null) {
      holds(filter.ended() ? "finished_at is not null" : "finished_at is null");
    }
    if (filter.result() != null) {
      holds("result = ?", filter.result());
    }
    if (filter.since() != null) {
      holds("opened_at >= ?", time(filter.since()));
    }
    if (filter.words() != null) {
      holds(ANY_WORD, part(filter.words()));
    }
    RunFilter.Position after = filter.after();
    if (after != null) {
      OffsetDateTime at = time(after.openedAt());
      holds("(opened_at < ? or (opened_at = ? and id < ?))", at, at, after.run().value());
    }
  }

  private void holds(String condition, Object... with) {
    conditions.add(condition);
    values.addAll(List.of(with));
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  /** What a text that has this in it looks like. */
  private static String part(String text) {
    String plain = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return "%" + plain.toLowerCase(Locale.ROOT) + "%";
  }

  /** Newest first. */
  List<RunSummary> find(Connection connection, int limit) throws SQLException {
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions) + " ";
    try (PreparedStatement select =
        connection.prepareStatement(
            SqlJournal.SUMMARY
                + where
                + "order by opened_at desc, id desc fetch first "
                + limit
                + " rows only")) {
      for (int i = 0; i < values.size(); i++) {
        select.setObject(i + 1, values.get(i));
      }
      List<RunSummary> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(SqlJournal.summary(rows));
        }
      }
      return List.copyOf(found);
    }
  }
}
