package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of a server means: its kind by SQLSTATE and, where a product uses one SQLSTATE for
 * many things, by the vendor's code; and whether something may have changed all the same. Pure.
 */
final class Failures {
  private static final int LONGEST = 500;

  /** ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED. */
  private static final Set<Integer> MYSQL_FULL = Set.of(1040, 1203, 1226);

  /** Access denied: to a database, a table, a column, a privilege, somebody else's session. */
  private static final Set<Integer> MYSQL_DENIED =
      Set.of(1044, 1045, 1095, 1142, 1143, 1227, 1370, 1698);

  /** ER_QUERY_TIMEOUT of MySQL, ER_STATEMENT_TIMEOUT of MariaDB. */
  private static final Set<Integer> MYSQL_LATE = Set.of(3024, 1969);

  private static final int MYSQL_INTERRUPTED = 1317;
  private static final int MYSQL_LOCK_WAIT = 1205;
  private static final int MYSQL_DEADLOCK = 1213;
  private static final int MYSQL_NO_SUCH_THREAD = 1094;
  private static final int MYSQL_READ_ONLY = 1792;

  private Failures() {}

  /** Whether a server has no room for another connection. */
  static boolean isFull(SQLException failure) {
    return "53300".equals(state(failure)) || MYSQL_FULL.contains(failure.getErrorCode());
  }

  /** Whether the connection is of no more use. */
  static boolean isLost(SQLException failure) {
    String state = state(failure);
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("25P03");
  }

  /** A failure to get in: nothing has been asked yet. */
  static ActionException opening(SQLException failure, @Nullable String words, Endpoint endpoint) {
    FailureKind kind =
        endpoint.product() == Product.PGBOUNCER
            ? poolers(words == null ? "" : words, kind(failure, false))
            : kind(failure, false);
    return failed(kind, Effect.NONE, failure, words, endpoint);
  }

  /** PgBouncer says everything with one SQLSTATE, 08P01; its words are always English. */
  private static FailureKind poolers(String words, FailureKind otherwise) {
    if (words.contains("authentication") || words.contains("not allowed")) {
      return FailureKind.FORBIDDEN;
    }
    return words.contains("no more connections") ? FailureKind.REFUSED : otherwise;
  }

  /**
   * A failure of work.
   *
   * @param late whether the time that the statement had is over
   */
  static ActionException working(
      SQLException failure,
      @Nullable String words,
      Endpoint endpoint,
      Access access,
      boolean late) {
    boolean unclear = isLost(failure) || isStopped(failure) || state(failure).isEmpty();
    Effect effect = access == Access.CHANGE && unclear ? Effect.UNKNOWN : Effect.NONE;
    return failed(kind(failure, late), effect, failure, words, endpoint);
  }

  /** Whether the server stopped in the middle of the statement. */
  static boolean isStopped(SQLException failure) {
    return state(failure).equals("57014")
        || failure.getErrorCode() == MYSQL_INTERRUPTED
        || MYSQL_LATE.contains(failure.getErrorCode());
  }

  private static FailureKind kind(SQLException failure, boolean late) {
    String state = state(failure);
    int code = failure.getErrorCode();
    if (isFull(failure)) {
      return FailureKind.REFUSED;
    }
    if (MYSQL_DENIED.contains(code) || state.equals("42501") || state.startsWith("28")) {
      return FailureKind.FORBIDDEN;
    }
    if (MYSQL_LATE.contains(code)) {
      return FailureKind.TIMEOUT;
    }
    if (isStopped(failure)) {
      return late ? FailureKind.TIMEOUT : FailureKind.CANCELLED;
    }
    if (state.equals("55P03") || code == MYSQL_LOCK_WAIT) {
      return FailureKind.REFUSED; // somebody holds the lock
    }
    if (state.equals("3D000") || code == MYSQL_NO_SUCH_THREAD || code == 1049) {
      return FailureKind.NOT_FOUND;
    }
    if (state.startsWith("40") || code == MYSQL_DEADLOCK) {
      return FailureKind.CONFLICT;
    }
    if (code == MYSQL_READ_ONLY) {
      return FailureKind.INVALID;
    }
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08", "57", "58", "XX", "" -> FailureKind.UNREACHABLE;
      case "53", "55", "54" -> FailureKind.REFUSED;
      default -> FailureKind.INVALID;
    };
  }

  private static ActionException failed(
      FailureKind kind,
      Effect effect,
      SQLException failure,
      @Nullable String words,
      Endpoint endpoint) {
    String said = words == null || words.isBlank() ? plain(failure) : words;
    String state = state(failure);
    String message =
        tidy(said) + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")") + ", said " + endpoint;
    return new ActionException(kind, effect, message, failure);
  }

  private static String plain(SQLException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  /** One line without control characters, since it is printed on terminals. */
  static String tidy(String words) {
    StringBuilder line = new StringBuilder();
    int end =
        words.offsetByCodePoints(0, Math.min(LONGEST, words.codePointCount(0, words.length())));
    words
        .substring(0, end)
        .codePoints()
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return line.toString().strip() + (end < words.length() ? "…" : "");
  }
}
