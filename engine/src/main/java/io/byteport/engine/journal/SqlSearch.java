package io.byteport.engine.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A search for runs as a condition with its values; nothing that is looked for becomes SQL. */
final class SqlSearch {
  private static final List<String> COLUMNS =
      List.of("id", "runbook", "signal", "target", "class_id", "reason");

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private final RunSearch search;

  SqlSearch(RunSearch search) {
    this.search = search;
    if (search.open() != null) {
      conditions.add(search.open() ? "finished_at is null" : "finished_at is not null");
    }
    is("result", search.result());
    is("runbook", search.runbook());
    is("mode", search.mode() == null ? null : search.mode().name());
    if (search.text() != null) {
      contains(search.text());
    }
  }

  private void is(String column, @Nullable String value) {
    if (value != null) {
      conditions.add(column + " = ?");
      values.add(value);
    }
  }

  private void contains(String text) {
    String pattern =
        "%"
            + text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_")
            + "%";
    List<String> any = new ArrayList<>();
    for (String column : COLUMNS) {
      any.add("lower(" + column + ") like ? escape '!'");
      values.add(pattern);
    }
    conditions.add("(" + String.join(" or ", any) + ")");
  }

  /** What follows the table's name. */
  String clause() {
    return (conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions) + " ")
        + "order by opened_at desc, id desc offset "
        + search.skip()
        + " rows fetch next "
        + search.limit()
        + " rows only";
  }

  /** For the question marks of the clause. */
  List<Object> values() {
    return List.copyOf(values);
  }
}
