package io.byteport.adapter.sql;

import io.byteport.adapter.sql.change.ReloadConfiguration;
import io.byteport.adapter.sql.change.SetParameter;
import io.byteport.adapter.sql.change.SignalSession;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.connect.Endpoints;
import io.byteport.adapter.sql.connect.Lines;
import io.byteport.adapter.sql.connect.Pause;
import io.byteport.adapter.sql.mongo.MongoServer;
import io.byteport.adapter.sql.mysql.MysqlServer;
import io.byteport.adapter.sql.pgbouncer.Console;
import io.byteport.adapter.sql.pgbouncer.ReadClients;
import io.byteport.adapter.sql.pgbouncer.ReadPoolStatistics;
import io.byteport.adapter.sql.pgbouncer.ReadPools;
import io.byteport.adapter.sql.pgbouncer.Reload;
import io.byteport.adapter.sql.postgres.PostgresServer;
import io.byteport.adapter.sql.read.QueryRows;
import io.byteport.adapter.sql.read.ReadReplication;
import io.byteport.adapter.sql.read.ReadReplicationConflicts;
import io.byteport.adapter.sql.read.ReadReplicationSlots;
import io.byteport.adapter.sql.read.ReadSessionTrend;
import io.byteport.adapter.sql.read.ReadSessions;
import io.byteport.adapter.sql.read.ReadSettings;
import io.byteport.adapter.sql.server.Server;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.adapter.sql.server.Signal;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.WatchSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The families {@code sql} and {@code pgbouncer}: actions on entries of the kind {@code database}.
 *
 * <ul>
 *   <li>their type is {@code postgres}, {@code mysql}, {@code mariadb}, {@code mongodb} or {@code
 *       pgbouncer}
 *   <li>settings: {@code address} ({@code host:port/dbname}), {@code dbname}, {@code username},
 *       {@code pooler}, {@code replicaOf}, {@code tls} ({@code disable}, {@code prefer}, {@code
 *       require}, {@code verify-ca}, {@code verify-full}), {@code caFile}, and {@code authSource}
 *       for MongoDB
 *   <li>credentials: {@code username}, {@code password}
 * </ul>
 *
 * A server is connected to when it is first needed, and one connection to it is kept. Safe for
 * several threads.
 */
public final class SqlAdapter implements Adapter {
  private final Lines lines = new Lines();
  private final List<MongoServer> clients = new CopyOnWriteArrayList<>();
  private final List<Action<?, ?>> actions;

  /**
   * @param pause how reads that look twice wait in between
   */
  public SqlAdapter(Inventory inventory, Pause pause) {
    Endpoints endpoints = new Endpoints(inventory);
    Servers servers = new Servers(endpoints, this::server);
    Console console = new Console(endpoints, lines);
    actions =
        List.of(
            new ReadSessions(servers),
            new ReadSessionTrend(servers, pause),
            new QueryRows(servers),
            new ReadSettings(servers),
            new ReadReplication(servers),
            new ReadReplicationConflicts(servers, pause),
            new ReadReplicationSlots(servers),
            new SignalSession(servers, Signal.CANCEL, pause),
            new SignalSession(servers, Signal.TERMINATE, pause),
            new SetParameter(servers),
            new ReloadConfiguration(servers, pause),
            new ReadPools(console),
            new ReadClients(console),
            new ReadPoolStatistics(console),
            new Reload(console));
  }

  private Server server(Endpoint endpoint) throws ActionException {
    return switch (endpoint.product()) {
      case POSTGRES -> new PostgresServer(endpoint, lines.to(endpoint));
      case MYSQL, MARIADB -> new MysqlServer(endpoint, lines.to(endpoint));
      case MONGODB -> {
        MongoServer server = MongoServer.over(endpoint);
        clients.add(server);
        yield server;
      }
      case PGBOUNCER ->
          throw ActionException.refused(
              FailureKind.INVALID,
              "`" + endpoint.entry().name() + "` is a pooler; ask the database behind it");
    };
  }

  @Override
  public List<Action<?, ?>> actions() {
    return actions;
  }

  @Override
  public List<WatchSource> watches() {
    return List.of();
  }

  @Override
  public void close() {
    lines.close();
    clients.forEach(MongoServer::close);
  }
}
