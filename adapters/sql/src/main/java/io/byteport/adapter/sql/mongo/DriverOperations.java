package io.byteport.adapter.sql.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterConnectionMode;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.connect.Login;
import io.byteport.adapter.sql.connect.Tls;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A MongoDB over its own driver: one member, with a connection that is kept. */
final class DriverOperations implements Operations {
  private static final int MOST = 5_000;
  private static final int UNAUTHORIZED = 13;

  private final Endpoint endpoint;
  private @Nullable MongoClient client;

  DriverOperations(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public List<Map<String, Object>> currentOp(Deadline deadline)
      throws ActionException, InterruptedException {
    Document stage =
        new Document("allUsers", true).append("idleConnections", true).append("idleSessions", true);
    return ask(
        Effect.NONE,
        admin -> {
          List<Map<String, Object>> operations = new ArrayList<>();
          admin
              .aggregate(List.of(new Document("$currentOp", stage)))
              .maxTime(milliseconds(deadline), TimeUnit.MILLISECONDS)
              .forEach(
                  operation -> {
                    if (operations.size() < MOST) {
                      operations.add(operation);
                    }
                  });
          return operations;
        });
  }

  @Override
  public Map<String, Object> connections(Deadline deadline)
      throws ActionException, InterruptedException {
    Document status =
        ask(
            Effect.NONE,
            admin -> admin.runCommand(limited(new Document("serverStatus", 1), deadline)));
    return status.get("connections", new Document());
  }

  @Override
  public List<Map<String, Object>> users(Deadline deadline)
      throws ActionException, InterruptedException {
    Document everybody = new Document("forAllDBs", true);
    Document answer =
        ask(
            Effect.NONE,
            admin -> admin.runCommand(limited(new Document("usersInfo", everybody), deadline)));
    return List.copyOf(answer.getList("users", Document.class, List.of()));
  }

  @Override
  public void killOp(long operation, Deadline deadline)
      throws ActionException, InterruptedException {
    ask(
        Effect.UNKNOWN,
        admin ->
            admin.runCommand(limited(new Document("killOp", 1).append("op", operation), deadline)));
  }

  private static Document limited(Document command, Deadline deadline) {
    return command.append("maxTimeMS", milliseconds(deadline));
  }

  private static long milliseconds(Deadline deadline) {
    return Math.max(1, deadline.remaining().toMillis());
  }

  /**
   * @param lost what may have happened if no answer comes
   */
  private <T> T ask(Effect lost, Function<MongoDatabase, T> question)
      throws ActionException, InterruptedException {
    try {
      return question.apply(admin());
    } catch (MongoInterruptedException e) {
      InterruptedException stop = new InterruptedException(e.getMessage());
      stop.initCause(e);
      throw stop;
    } catch (MongoException e) {
      throw failure(e, lost);
    }
  }

  private ActionException failure(MongoException e, Effect lost) {
    String words = e.getMessage() + ", said " + endpoint;
    return switch (e) {
      case MongoSecurityException refused -> {
        close(); // the next one reads the credentials anew
        yield new ActionException(FailureKind.FORBIDDEN, Effect.NONE, words, e);
      }
      case MongoCommandException refused when refused.getErrorCode() == UNAUTHORIZED ->
          new ActionException(
              FailureKind.FORBIDDEN,
              Effect.NONE,
              refused.getErrorMessage() + ", said " + endpoint,
              e);
      case MongoCommandException refused ->
          new ActionException(
              FailureKind.INVALID,
              Effect.NONE,
              refused.getErrorMessage() + ", said " + endpoint,
              e);
      case MongoExecutionTimeoutException late ->
          new ActionException(FailureKind.TIMEOUT, lost, words, e);
      case MongoTimeoutException nobody ->
          new ActionException(FailureKind.UNREACHABLE, Effect.NONE, words, e);
      default -> new ActionException(FailureKind.UNREACHABLE, lost, words, e);
    };
  }

  private synchronized MongoDatabase admin() throws ActionException {
    MongoClient open = client;
    if (open == null) {
      open = MongoClients.create(settings());
      client = open;
    }
    return open.getDatabase("admin");
  }

  private MongoClientSettings settings() throws ActionException {
    Login login = endpoint.login();
    ServerAddress address = new ServerAddress(endpoint.address().host(), endpoint.address().port());
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applicationName(Endpoint.APPLICATION)
            .retryReads(false)
            .retryWrites(false)
            .applyToClusterSettings(
                cluster ->
                    cluster
                        .hosts(List.of(address))
                        .mode(ClusterConnectionMode.SINGLE)
                        .serverSelectionTimeout(5, TimeUnit.SECONDS))
            .applyToConnectionPoolSettings(pool -> pool.minSize(1).maxSize(2))
            .applyToSocketSettings(
                socket ->
                    socket.connectTimeout(5, TimeUnit.SECONDS).readTimeout(60, TimeUnit.SECONDS));
    SSLContext context = context();
    settings.applyToSslSettings(
        ssl -> {
          ssl.enabled(context != null)
              .invalidHostNameAllowed(endpoint.tls().mode() == Tls.Mode.VERIFY_CA);
          if (context != null) {
            ssl.context(context);
          }
        });
    if (login.user() != null) {
      String source = endpoint.entry().text("authSource").orElse("admin");
      String password = login.password() == null ? "" : login.password();
      settings.credential(
          MongoCredential.createCredential(login.user(), source, password.toCharArray()));
    }
    return settings.build();
  }

  /** The driver cannot go without checking a certificate, nor try with and then without. */
  private @Nullable SSLContext context() throws ActionException {
    return switch (endpoint.tls().mode()) {
      case DISABLE, PREFER -> null;
      case VERIFY_CA, VERIFY_FULL -> endpoint.tls().context();
      case REQUIRE ->
          throw ActionException.refused(
              FailureKind.INVALID,
              "`"
                  + endpoint.entry().name()
                  + "` is a MongoDB, for which `tls` is disable, verify-ca or verify-full");
    };
  }

  @Override
  public synchronized void close() {
    MongoClient open = client;
    client = null;
    if (open != null) {
      open.close();
    }
  }
}
