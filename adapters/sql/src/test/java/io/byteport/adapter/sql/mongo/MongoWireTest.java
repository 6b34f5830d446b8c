package io.byteport.adapter.sql.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The driver over its wire, with answers shaped as the manual shows those of {@code $currentOp},
 * {@code serverStatus}, {@code usersInfo} and {@code killOp}. No mongod is here; what is held is
 * what is said, and what is made of what comes back.
 */
class MongoWireTest {
  private static final Deadline DEADLINE = Deadline.in(Duration.ofSeconds(60));
  private static final Spared SPARED = Spared.with(List.of());
  private static final long LONG_QUERY = 2_058_002;
  private static final BsonDocument FINE = BsonDocument.parse("{\"ok\": 1.0}");

  private final ConcurrentSkipListSet<Long> killed = new ConcurrentSkipListSet<>();
  private volatile WireServer.Script killing = this::kill;
  private volatile WireServer.Script listing = command -> list();
  private final WireServer wire = new WireServer(this::answer);
  private final MongoServer server = connect();

  MongoWireTest() throws Exception {}

  private MongoServer connect() throws ActionException {
    Endpoint endpoint =
        new Endpoints(
                new Inventory(
                    List.of(
                        Rig.entry(
                            "mongodb",
                            "orders",
                            Map.of("address", "localhost:" + wire.port() + "/admin"),
                            ""))))
            .of(new DatabaseRef("orders"));
    return MongoServer.over(endpoint);
  }

  @AfterEach
  void hangUp() throws IOException {
    server.close();
    wire.close();
  }

  private Optional<BsonDocument> answer(BsonDocument command) {
    return switch (command.getFirstKey()) {
      case "aggregate" -> listing.answer(command);
      case "getMore" -> Optional.of(cursor("nextBatch", 0, MongoServerTest.IDLE_TRANSACTION));
      case "serverStatus" ->
          Optional.of(
              BsonDocument.parse(
                  "{\"connections\": {\"current\": 12, \"available\": 51188, \"totalCreated\": 99,"
                      + " \"active\": 3}, \"ok\": 1.0}"));
      case "usersInfo" ->
          Optional.of(
              BsonDocument.parse(
                  "{\"users\": [{\"_id\": \"admin.app\", \"user\": \"app\", \"db\": \"admin\","
                      + " \"roles\": [{\"role\": \"readWrite\", \"db\": \"shop\"}],"
                      + " \"mechanisms\": [\"SCRAM-SHA-256\"]}], \"ok\": 1.0}"));
      case "killOp" -> killing.answer(command);
      default -> Optional.of(FINE);
    };
  }

  /** In two batches, as a server with much to do answers. */
  private Optional<BsonDocument> list() {
    return Optional.of(
        killed.contains(LONG_QUERY)
            ? cursor("firstBatch", 4711, MongoServerTest.OWN_WORK)
            : cursor("firstBatch", 4711, MongoServerTest.OWN_WORK, MongoServerTest.LONG_QUERY));
  }

  private Optional<BsonDocument> kill(BsonDocument command) {
    killed.add(command.getNumber("op").longValue());
    return Optional.of(BsonDocument.parse("{\"info\": \"attempting to kill op\", \"ok\": 1.0}"));
  }

  private static BsonDocument cursor(String batch, long id, String... documents) {
    BsonArray all = new BsonArray();
    for (String each : documents) {
      all.add(BsonDocument.parse(each));
    }
    return new BsonDocument(
            "cursor",
            new BsonDocument(batch, all)
                .append("id", new BsonInt64(id))
                .append("ns", new BsonString("admin.$cmd.aggregate")))
        .append("ok", FINE.get("ok"));
  }

  private static BsonDocument refusal(int code, String name, String words) {
    return BsonDocument.parse(
        "{\"ok\": 0.0, \"errmsg\": \"%s\", \"code\": %d, \"codeName\": \"%s\"}"
            .formatted(words, code, name));
  }

  private SessionRef longQuery() throws Exception {
    Session query = server.sessions(DEADLINE).list().getFirst();
    return new SessionRef(
        query.pid(), query.startedAt(), query.stateSince(), query.user(), query.application());
  }

  private ActionException failure(Call call) {
    ActionException failure = catchThrowableOfType(ActionException.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  /** What fails. */
  @FunctionalInterface
  private interface Call {
    void run() throws Exception;
  }

  @Test
  void everybodys_operations_are_asked_for_with_what_idles_in_as_many_batches_as_it_takes()
      throws Exception {
    SessionList list = server.sessions(DEADLINE);

    assertThat(list.max()).isEqualTo(51_200);
    assertThat(list.list())
        .extracting(Session::state)
        .containsExactly(SessionState.ACTIVE, SessionState.IDLE_IN_TRANSACTION);
    BsonDocument asked = wire.asked("aggregate").getFirst();
    assertThat(asked.getString("$db").getValue()).isEqualTo("admin");
    assertThat(asked.getNumber("aggregate").intValue()).isEqualTo(1);
    assertThat(asked.getArray("pipeline").getValues())
        .containsExactly(
            BsonDocument.parse(
                "{\"$currentOp\": {\"allUsers\": true, \"idleConnections\": true,"
                    + " \"idleSessions\": true}}"));
    assertThat(asked.getNumber("maxTimeMS").longValue()).isBetween(1L, 60_000L);
    assertThat(wire.asked("getMore").getFirst().getNumber("getMore").longValue()).isEqualTo(4711);
    assertThat(wire.asked("usersInfo").getFirst().getDocument("usersInfo"))
        .isEqualTo(BsonDocument.parse("{\"forAllDBs\": true}"));
  }

  @Test
  void an_operation_is_killed_by_its_number_in_admin_and_is_gone_afterwards() throws Exception {
    SessionRef session = longQuery();

    assertThat(server.signal(Signal.CANCEL, session, SPARED, DEADLINE)).isTrue();
    assertThat(killed).containsExactly(LONG_QUERY);
    BsonDocument asked = wire.asked("killOp").getFirst();
    assertThat(asked.getString("$db").getValue()).isEqualTo("admin");
    assertThat(asked.getNumber("killOp").intValue()).isEqualTo(1);
    assertThat(server.standing(session, SPARED, DEADLINE)).isInstanceOf(Standing.Gone.class);
    assertThat(server.signal(Signal.TERMINATE, session, SPARED, DEADLINE)).isFalse();
    assertThat(wire.asked("killOp")).hasSize(1);
  }

  @Test
  void who_may_not_look_hears_the_servers_own_words() {
    listing =
        command ->
            Optional.of(
                refusal(
                    13,
                    "Unauthorized",
                    "not authorized on admin to execute command { aggregate: 1 }"));
    ActionException failure = failure(() -> server.sessions(DEADLINE));
    assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
    assertThat(failure.reason()).contains("not authorized on admin to execute command");
  }

  @Test
  void who_may_look_and_not_kill_has_killed_nothing() throws Exception {
    SessionRef session = longQuery();
    killing = command -> Optional.of(refusal(13, "Unauthorized", "not authorized on admin"));
    ActionException failure =
        failure(() -> server.signal(Signal.CANCEL, session, SPARED, DEADLINE));
    assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
    assertThat(killed).isEmpty();
  }

  @Test
  void a_server_that_takes_too_long_says_so() {
    listing =
        command -> Optional.of(refusal(50, "MaxTimeMSExpired", "operation exceeded time limit"));
    ActionException failure = failure(() -> server.sessions(DEADLINE));
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure.reason()).contains("operation exceeded time limit");
  }

  @Test
  void a_line_that_breaks_while_something_is_killed_leaves_it_open_and_it_is_said_once()
      throws Exception {
    SessionRef session = longQuery();
    killing =
        command -> {
          killed.add(command.getNumber("op").longValue());
          return Optional.empty();
        };
    ActionException failure =
        failure(() -> server.signal(Signal.CANCEL, session, SPARED, DEADLINE));
    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    assertThat(wire.asked("killOp")).hasSize(1);
    assertThat(server.standing(session, SPARED, DEADLINE)).isInstanceOf(Standing.Gone.class);
  }

  @Test
  void where_nobody_listens_nothing_was_done() throws Exception {
    wire.close();
    ActionException failure = failure(() -> server.sessions(DEADLINE));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
  }
}
