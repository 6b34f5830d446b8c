package io.byteport.adapter.sql.mongo;

import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.model.SessionState;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of {@code $currentOp} mean. An operation is known by its number; a connection
 * or a session that idles has none, and 0 stands for it: it can be counted, and not ended. Pure.
 *
 * @see <a
 *     href="https://www.mongodb.com/docs/manual/reference/operator/aggregation/currentOp/">$currentOp</a>
 */
final class OperationMapper {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT);

  /** Roles that may do everything with a cluster. */
  private static final Set<String> ALL_POWERFUL =
      Set.of("root", "__system", "clusterAdmin", "clusterManager");

  private OperationMapper() {}

  /**
   * The sessions, oldest first; the server's own work is left out.
   *
   * @param superusers as {@link #superusers} finds them
   * @throws ActionException if they are those of a router, whose numbers are of another kind
   */
  static SessionList sessions(
      List<Map<String, Object>> documents, Map<String, Object> connections, Set<String> superusers)
      throws ActionException {
    List<Session> sessions = new ArrayList<>();
    for (Map<String, Object> document : documents) {
      if (isClients(document)) {
        sessions.add(session(document, superusers));
      }
    }
    sessions.sort(Comparator.comparing(Session::startedAt));
    long free = number(connections, "available");
    long max = number(connections, "current") + free;
    return new SessionList(sessions, (int) max, 0, (int) free);
  }

  /** Who has a role that may do everything, as {@code user@database}. */
  static Set<String> superusers(List<Map<String, Object>> users) {
    Set<String> superusers = new HashSet<>();
    for (Map<String, Object> user : users) {
      boolean all =
          documents(user.get("roles")).stream()
              .anyMatch(role -> ALL_POWERFUL.contains(text(role, "role")));
      if (all) {
        superusers.add(text(user, "user") + "@" + text(user, "db"));
      }
    }
    return superusers;
  }

  /**
   * The server's own threads have no client; cursors that idle belong to a session that is listed.
   */
  private static boolean isClients(Map<String, Object> document) {
    boolean transaction = document.get("transaction") instanceof Map;
    return switch (text(document, "type")) {
      case "idleCursor" -> false;
      case "idleSession" -> transaction;
      default -> !text(document, "client").isEmpty() || !text(document, "client_s").isEmpty();
    };
  }

  private static Session session(Map<String, Object> document, Set<String> superusers)
      throws ActionException {
    Instant now = now(document);
    boolean active = Boolean.TRUE.equals(document.get("active"));
    Map<String, Object> transaction = document(document.get("transaction"));
    Duration running = Duration.ofNanos(number(document, "microsecs_running") * 1_000);
    Duration inState =
        active ? running : Duration.ofNanos(number(transaction, "timeInactiveMicros") * 1_000);
    SessionState state =
        active
            ? SessionState.ACTIVE
            : transaction.isEmpty() ? SessionState.IDLE : SessionState.IDLE_IN_TRANSACTION;
    Map<String, Object> user = first(document.get("effectiveUsers"));
    boolean waits =
        Boolean.TRUE.equals(document.get("waitingForLock"))
            || Boolean.TRUE.equals(document.get("waitingForLatch"));
    String namespace = text(document, "ns");
    String shape =
        active ? Shape.of(text(document, "op"), namespace, document(document.get("command"))) : "";
    return new Session(
        operation(document),
        now.minus(inState),
        now.minus(inState),
        text(user, "user"),
        text(document, "appName"),
        client(document),
        namespace.contains(".") ? namespace.substring(0, namespace.indexOf('.')) : namespace,
        state,
        inState,
        active ? running : null,
        transaction.isEmpty()
            ? null
            : Duration.ofNanos(number(transaction, "timeOpenMicros") * 1_000),
        waits ? "Lock" : null,
        waits ? "lock" : null,
        waits,
        List.of(),
        List.of(),
        !transaction.isEmpty(),
        shape,
        shape.isEmpty() ? null : shape,
        text(user, "user").equals("__system")
            || superusers.contains(text(user, "user") + "@" + text(user, "db")));
  }

  /** Whether an operation is one of ours. */
  static boolean isOurs(Session session) {
    return session.application().equals(Endpoint.APPLICATION);
  }

  private static long operation(Map<String, Object> document) throws ActionException {
    return switch (document.get("opid")) {
      case Number number -> number.longValue();
      case String routed ->
          throw ActionException.refused(
              FailureKind.INVALID,
              "`"
                  + routed
                  + "` is an operation of a router; put the members of the shards into the"
                  + " inventory");
      case null, default -> 0;
    };
  }

  private static @Nullable String client(Map<String, Object> document) {
    String client =
        text(document, "client").isEmpty() ? text(document, "client_s") : text(document, "client");
    int colon = client.lastIndexOf(':');
    String address = colon < 0 ? client : client.substring(0, colon);
    return address.isEmpty() ? null : address;
  }

  private static Instant now(Map<String, Object> document) throws ActionException {
    return switch (document.get("currentOpTime")) {
      case Date date -> date.toInstant();
      case String text -> {
        try {
          yield OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeParseException e) {
          throw ActionException.refused(FailureKind.INVALID, "not a time: `" + text + "`");
        }
      }
      case null, default ->
          throw ActionException.refused(
              FailureKind.INVALID, "the server does not say when it looked (currentOpTime)");
    };
  }

  @SuppressWarnings("unchecked") // documents have texts as names
  private static Map<String, Object> document(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static List<Map<String, Object>> documents(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(OperationMapper::document).toList()
        : List.of();
  }

  private static Map<String, Object> first(@Nullable Object value) {
    List<Map<String, Object>> all = documents(value);
    return all.isEmpty() ? Map.of() : all.getFirst();
  }

  private static long number(Map<String, Object> document, String field) {
    return document.get(field) instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }

  private static String text(Map<String, Object> document, String field) {
    return document.get(field) instanceof String text ? text : "";
  }
}
