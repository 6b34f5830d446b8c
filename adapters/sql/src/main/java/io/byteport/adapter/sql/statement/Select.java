package io.byteport.adapter.sql.statement;

import io.byteport.adapter.sql.statement.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One statement that selects, as it stands in a runbook. The server's read-only transaction is what
 * keeps it from changing tables; this is what keeps it one statement, and from calling functions
 * that act on the server all the same, past the guardrails of the actions that are there for that.
 */
public final class Select {
  private static final int LONGEST = 20_000;
  private static final int MOST_PARAMETERS = 50;

  /** Functions of PostgreSQL that do something in a read-only transaction too, or wait. */
  private static final Set<String> POSTGRES_ACTS =
      Set.of(
          "pg_terminate_backend",
          "pg_cancel_backend",
          "pg_reload_conf",
          "pg_rotate_logfile",
          "pg_promote",
          "pg_wal_replay_pause",
          "pg_wal_replay_resume",
          "pg_switch_wal",
          "pg_create_restore_point",
          "pg_backup_start",
          "pg_backup_stop",
          "pg_log_backend_memory_contexts",
          "pg_logical_emit_message",
          "pg_logical_slot_get_changes",
          "pg_logical_slot_get_binary_changes",
          "pg_create_physical_replication_slot",
          "pg_create_logical_replication_slot",
          "pg_copy_physical_replication_slot",
          "pg_copy_logical_replication_slot",
          "pg_drop_replication_slot",
          "pg_replication_slot_advance",
          "pg_sync_replication_slots",
          "pg_advisory_lock",
          "pg_advisory_lock_shared",
          "pg_try_advisory_lock",
          "pg_try_advisory_lock_shared",
          "pg_sleep",
          "pg_sleep_for",
          "pg_sleep_until",
          "pg_notify",
          "pg_read_file",
          "pg_read_binary_file",
          "pg_file_write",
          "pg_file_unlink",
          "pg_file_rename",
          "pg_execute_server_program",
          "lo_import",
          "lo_export",
          "lo_put",
          "lo_unlink",
          "lo_create",
          "lo_from_bytea",
          "dblink",
          "dblink_exec",
          "dblink_connect",
          "dblink_connect_u",
          "dblink_send_query",
          "query_to_xml",
          "query_to_xmlschema",
          "query_to_xml_and_xmlschema",
          "cursor_to_xml",
          "set_config",
          "setval",
          "nextval",
          "pg_stat_reset",
          "pg_stat_reset_shared",
          "pg_stat_reset_single_table_counters",
          "pg_stat_reset_single_function_counters",
          "pg_stat_reset_slru",
          "pg_stat_reset_replication_slot",
          "pg_stat_reset_subscription_stats",
          "pg_stat_statements_reset",
          "pg_replication_origin_create",
          "pg_replication_origin_drop",
          "pg_replication_origin_advance",
          "pg_export_snapshot",
          "pg_import_system_collations",
          "ts_stat",
          "crosstab",
          "connectby",
          "xpath_table");

  private static final Set<String> MYSQL_ACTS =
      Set.of(
          "sleep",
          "benchmark",
          "get_lock",
          "release_lock",
          "release_all_locks",
          "load_file",
          "master_pos_wait",
          "source_pos_wait",
          "master_gtid_wait",
          "wait_for_executed_gtid_set",
          "sys_exec",
          "sys_eval",
          "setval",
          "nextval",
          "lastval");

  private final List<Token> tokens;
  private final Dialect dialect;
  private final int parameters;

  private Select(List<Token> tokens, Dialect dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
    this.parameters =
        tokens.stream()
            .filter(token -> token.kind() == Kind.PARAMETER)
            .mapToInt(Select::number)
            .max()
            .orElse(0);
  }

  /**
   * Reads a statement; parameters are {@code $1}, {@code $2}, ...
   *
   * @throws IllegalArgumentException if it is anything but one statement that selects; the message
   *     says why
   */
  public static Select parse(String sql, Dialect dialect) {
    if (sql.length() > LONGEST) {
      throw refused("is longer than " + LONGEST + " characters");
    }
    if (sql.indexOf('\0') >= 0) {
      throw refused("has a NUL in it");
    }
    List<Token> tokens = Lexer.read(sql, dialect);
    List<Token> solid = tokens.stream().filter(token -> !token.isBlank()).toList();
    if (!solid.isEmpty() && solid.getLast().is(";")) {
      solid = solid.subList(0, solid.size() - 1);
      tokens = tokens.subList(0, lastSemicolon(tokens));
    }
    check(tokens, solid, dialect);
    Select select = new Select(List.copyOf(tokens), dialect);
    select.checkParameters();
    return select;
  }

  private static void check(List<Token> tokens, List<Token> solid, Dialect dialect) {
    if (solid.isEmpty()
        || !(solid.getFirst().isWord("select") || solid.getFirst().isWord("with"))) {
      throw refused("does not begin with SELECT or WITH");
    }
    for (Token token : tokens) {
      if (token.kind() == Kind.UNREADABLE) {
        throw refused(
            "has a quote or comment that does not end, or a backslash before a quote: bind it as"
                + " $1");
      }
      if (token.kind() == Kind.COMMENT
          && dialect == Dialect.MYSQL
          && (token.text().startsWith("/*!") || token.text().startsWith("/*M!"))) {
        throw refused("has a comment that the server executes");
      }
    }
    for (int i = 0; i < solid.size(); i++) {
      check(
          solid.get(i),
          i + 1 < solid.size() ? solid.get(i + 1) : new Token(Kind.SPACE, " "),
          dialect);
    }
  }

  private static void check(Token token, Token next, Dialect dialect) {
    if (token.is(";")) {
      throw refused("is more than one statement");
    }
    if (token.is("{") || token.is("}")) {
      throw refused("has a brace outside of a string, which drivers take for an escape");
    }
    if (token.is("?") && dialect == Dialect.MYSQL) {
      throw refused("has a `?`; parameters are $1, $2, ...");
    }
    if (token.isWord("into")) {
      throw refused("selects INTO something");
    }
    boolean locks =
        token.isWord("for")
            && (next.isWord("update")
                || next.isWord("share")
                || next.isWord("no")
                || next.isWord("key"));
    if (locks || (token.isWord("lock") && next.isWord("in"))) {
      throw refused("locks the rows that it selects");
    }
    if (token.kind() == Kind.QUOTED_NAME && Character.toLowerCase(token.text().charAt(0)) == 'u') {
      throw refused("has a name with Unicode escapes");
    }
    if (next.is("(") && acts(dialect).contains(name(token))) {
      throw refused("calls `" + name(token) + "`, which does more than read");
    }
  }

  private static Set<String> acts(Dialect dialect) {
    return dialect == Dialect.POSTGRES ? POSTGRES_ACTS : MYSQL_ACTS;
  }

  private static String name(Token token) {
    String text = token.text();
    return switch (token.kind()) {
      case WORD -> text.toLowerCase(Locale.ROOT);
      case QUOTED_NAME -> text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT);
      case LITERAL, PARAMETER, SYMBOL, COMMENT, SPACE, UNREADABLE -> "";
    };
  }

  private void checkParameters() {
    Set<Integer> used =
        tokens.stream()
            .filter(token -> token.kind() == Kind.PARAMETER)
            .map(Select::number)
            .collect(Collectors.toSet());
    if (parameters > MOST_PARAMETERS
        || IntStream.rangeClosed(1, parameters).anyMatch(number -> !used.contains(number))) {
      throw refused(
          "must use its parameters $1, $2, ... without a gap, " + MOST_PARAMETERS + " at most");
    }
  }

  /** How many values it takes. */
  public int parameters() {
    return parameters;
  }

  /** The numbers of the parameters in the order in which {@link #jdbc} takes them, from 1. */
  public List<Integer> order() {
    return tokens.stream()
        .filter(token -> token.kind() == Kind.PARAMETER)
        .map(Select::number)
        .toList();
  }

  /** The statement for a driver, with a question mark for each parameter. */
  public String jdbc() {
    return text(number -> "?", dialect == Dialect.POSTGRES ? "??" : "?");
  }

  /**
   * The statement for a person, with its values in their places.
   *
   * @param value the text of a parameter by its number, from 1
   */
  public String with(IntFunction<String> value) {
    return text(value, "?");
  }

  private String text(IntFunction<String> value, String questionMark) {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens) {
      if (token.kind() == Kind.PARAMETER) {
        text.append(value.apply(number(token)));
      } else {
        text.append(token.is("?") ? questionMark : token.text());
      }
    }
    return text.toString().strip();
  }

  private static int number(Token parameter) {
    String digits = parameter.text().substring(1);
    return digits.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private static int lastSemicolon(List<Token> tokens) {
    int at = tokens.size() - 1;
    while (!tokens.get(at).is(";")) {
      at--;
    }
    return at;
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("the statement " + why);
  }
}
