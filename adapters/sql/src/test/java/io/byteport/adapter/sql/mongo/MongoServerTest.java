package io.byteport.adapter.sql.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.connect.Endpoints;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.model.SessionRef;
import io.byteport.adapter.sql.model.SessionState;
import io.byteport.adapter.sql.server.Signal;
import io.byteport.adapter.sql.server.Spared;
import io.byteport.adapter.sql.server.Standing;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/**
 * What documents of {@code $currentOp} mean. They have the fields that MongoDB's manual shows for
 * the aggregation stage; no server answered here.
 */
class MongoServerTest {
  private static final Deadline DEADLINE = Deadline.in(Duration.ofSeconds(60));
  private static final Spared SPARED = Spared.with(List.of());

  static final String LONG_QUERY =
      """
      {"type": "op", "host": "mongo-1:27017", "desc": "conn11321", "connectionId": 11321,
       "client": "10.0.0.7:52372", "appName": "orders",
       "clientMetadata": {"application": {"name": "orders"}, "driver": {"name": "nodejs"}},
       "active": true, "currentOpTime": "2026-06-14T08:10:25.731+00:00",
       "effectiveUsers": [{"user": "app", "db": "admin"}], "opid": 2058002,
       "secs_running": 900, "microsecs_running": 900000000, "op": "query", "ns": "shop.orders",
       "command": {"find": "orders", "filter": {"mail": "secret@example.com",
         "$or": [{"total": {"$gt": 4711}}, {"total": null}]}, "limit": 10,
         "lsid": {"id": "4711"}, "$db": "shop"},
       "planSummary": "COLLSCAN", "numYields": 3, "waitingForLock": false,
       "waitingForLatch": false, "locks": {}, "lockStats": {}}
      """;

  static final String IDLE_CONNECTION =
      """
      {"type": "op", "host": "mongo-1:27017", "desc": "conn3", "connectionId": 3,
       "client": "127.0.0.1:53704", "appName": "mongosh", "active": false,
       "currentOpTime": "2026-06-14T08:10:25.731+00:00",
       "effectiveUsers": [{"user": "app", "db": "admin"}]}
      """;

  static final String IDLE_TRANSACTION =
      """
      {"type": "idleSession", "host": "mongo-1:27017", "desc": "inactive transaction",
       "client": "10.0.0.9:53706", "connectionId": 36, "appName": "worker",
       "lsid": {"id": "c"}, "active": false,
       "currentOpTime": "2026-06-14T08:10:25.731+00:00",
       "effectiveUsers": [{"user": "app", "db": "admin"}],
       "transaction": {"parameters": {"txnNumber": 2, "autocommit": false},
         "readTimestamp": 0, "startWallClockTime": "2026-06-14T08:05:25.731+00:00",
         "timeOpenMicros": 300000000, "timeActiveMicros": 20000000,
         "timeInactiveMicros": 280000000}, "waitingForLock": false}
      """;

  static final String OWN_WORK =
      """
      {"type": "op", "host": "mongo-1:27017", "desc": "Checkpointer", "active": true,
       "currentOpTime": "2026-06-14T08:10:25.731+00:00", "opid": 3, "op": "none", "ns": "",
       "command": {}}
      """;

  /** A server that answers with these documents and remembers what it was told to end. */
  private static final class Scripted implements Operations {
    private final List<Map<String, Object>> documents = new ArrayList<>();
    private final List<Long> killed = new ArrayList<>();
    private List<Map<String, Object>> users = List.of();

    Scripted(String... json) {
      for (String one : json) {
        documents.add(Document.parse(one));
      }
    }

    @Override
    public List<Map<String, Object>> currentOp(Deadline deadline) {
      return List.copyOf(documents);
    }

    @Override
    public Map<String, Object> connections(Deadline deadline) {
      return Document.parse("{\"current\": 12, \"available\": 51188, \"totalCreated\": 99}");
    }

    @Override
    public List<Map<String, Object>> users(Deadline deadline) {
      return users;
    }

    @Override
    public void killOp(long operation, Deadline deadline) {
      killed.add(operation);
    }

    @Override
    public void close() {
      documents.clear();
    }
  }

  private static MongoServer server(Operations operations) throws ActionException {
    Endpoint endpoint =
        new Endpoints(
                new Inventory(
                    List.of(
                        Rig.entry("mongodb", "orders", Map.of("address", "mongo-1/admin"), ""))))
            .of(new DatabaseRef("orders"));
    return new MongoServer(endpoint, operations);
  }

  private static SessionRef ref(Session session) {
    return new SessionRef(
        session.pid(),
        session.startedAt(),
        session.stateSince(),
        session.user(),
        session.application());
  }

  @Test
  void operations_idle_connections_and_idle_transactions_are_sessions_and_the_servers_work_is_not()
      throws Exception {
    SessionList list =
        server(new Scripted(IDLE_CONNECTION, OWN_WORK, LONG_QUERY, IDLE_TRANSACTION))
            .sessions(DEADLINE);
    assertThat(list.max()).isEqualTo(51_200);
    assertThat(list.list())
        .extracting(Session::state)
        .containsExactly(SessionState.ACTIVE, SessionState.IDLE_IN_TRANSACTION, SessionState.IDLE);
    Session query = list.list().get(0);
    assertThat(query.pid()).isEqualTo(2_058_002);
    assertThat(query.queryFor()).isEqualTo(Duration.ofMinutes(15));
    assertThat(query.startedAt()).isEqualTo(Instant.parse("2026-06-14T07:55:25.731Z"));
    assertThat(query.client()).isEqualTo("10.0.0.7");
    assertThat(query.application()).isEqualTo("orders");
    assertThat(query.user()).isEqualTo("app");
    assertThat(query.database()).isEqualTo("shop");
    assertThat(query.superuser()).isFalse();
    Session idle = list.list().get(1);
    assertThat(idle.stateFor()).isEqualTo(Duration.ofSeconds(280));
    assertThat(idle.transactionFor()).isEqualTo(Duration.ofSeconds(300));
  }

  @Test
  void a_command_is_told_without_its_data() throws Exception {
    Session query = server(new Scripted(LONG_QUERY)).sessions(DEADLINE).list().getFirst();
    assertThat(query.query())
        .isEqualTo(
            "query shop.orders {find: ?, filter: {mail: ?, $or: [{total: {$gt: ?}}, …]}, limit:"
                + " ?}");
    assertThat(query.fingerprint()).isEqualTo(query.query());
  }

  @Test
  void a_long_operation_is_ended_by_its_number() throws Exception {
    Scripted operations = new Scripted(LONG_QUERY);
    MongoServer server = server(operations);
    Session query = server.sessions(DEADLINE).list().getFirst();
    assertThat(server.signal(Signal.CANCEL, ref(query), SPARED, DEADLINE)).isTrue();
    assertThat(operations.killed).containsExactly(2_058_002L);
    assertThat(server.statement(Signal.CANCEL, ref(query))).isEqualTo("db.killOp(2058002)");
  }

  @Test
  void a_number_that_stands_for_another_operation_by_now_is_left_alone() throws Exception {
    Scripted operations = new Scripted(LONG_QUERY);
    MongoServer server = server(operations);
    Session query = server.sessions(DEADLINE).list().getFirst();
    SessionRef older =
        new SessionRef(
            query.pid(), query.startedAt().minusSeconds(60), query.stateSince(), "app", "orders");
    assertThat(server.standing(older, SPARED, DEADLINE)).isInstanceOf(Standing.Gone.class);
    assertThat(server.signal(Signal.TERMINATE, older, SPARED, DEADLINE)).isFalse();
    assertThat(operations.killed).isEmpty();
  }

  @Test
  void who_may_do_everything_or_is_spared_or_idles_is_left_alone() throws Exception {
    Scripted operations = new Scripted(LONG_QUERY, IDLE_TRANSACTION);
    MongoServer server = server(operations);
    Session query = server.sessions(DEADLINE).list().get(0);
    Session idle = server.sessions(DEADLINE).list().get(1);
    assertThat(server.standing(ref(idle), SPARED, DEADLINE)).isInstanceOf(Standing.Protected.class);
    assertThat(server.standing(ref(query), Spared.with(List.of("ORD")), DEADLINE))
        .isInstanceOf(Standing.Protected.class);
    operations.users =
        List.of(
            Document.parse(
                "{\"user\": \"app\", \"db\": \"admin\", \"roles\": [{\"role\": \"root\", \"db\":"
                    + " \"admin\"}]}"));
    assertThat(server.sessions(DEADLINE).list().get(0).superuser()).isTrue();
    assertThat(server.signal(Signal.TERMINATE, ref(query), SPARED, DEADLINE)).isFalse();
    assertThat(operations.killed).isEmpty();
  }

  @Test
  void operations_of_a_router_are_refused_since_their_numbers_are_of_another_kind() {
    String routed = LONG_QUERY.replace("2058002", "\"shard01:2058002\"");
    assertThatThrownBy(() -> server(new Scripted(routed)).sessions(DEADLINE))
        .hasMessageContaining("members of the shards");
  }

  @Test
  void names_made_of_anything_stay_data() throws Exception {
    Map<String, Object> document = new LinkedHashMap<>(Document.parse(LONG_QUERY));
    document.put("appName", "'; db.dropDatabase() //\n\u001b[31m");
    document.put("command", Map.of("find\u001b[31m", "x".repeat(1 << 20)));
    Scripted operations = new Scripted();
    operations.documents.add(document);
    Session session = server(operations).sessions(DEADLINE).list().getFirst();
    assertThat(session.application()).isEqualTo("'; db.dropDatabase() //\n\u001b[31m");
    assertThat(session.query()).isEqualTo("query shop.orders {find [31m: ?}");
    assertThat(server(operations).statement(Signal.TERMINATE, ref(session)))
        .isEqualTo("db.killOp(2058002)");
  }

  @Test
  void a_document_as_deep_as_anybody_likes_is_cut() {
    Map<String, Object> deep = Map.of("end", 1);
    for (int i = 0; i < 10_000; i++) {
      deep = Map.of("x", deep);
    }
    assertThat(Shape.of("query", "a.b", deep)).hasSizeLessThan(600);
  }
}
