package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Who carries which run on, within a transaction of the caller's. */
final class SqlReplicas {
  /** The fence of a run that was opened and not yet claimed. */
  static final long FIRST_FENCE = 1;

  /** The task of db-scheduler that carries a run on. */
  static final String RUN_TASK = "run";

  private SqlReplicas() {}

  /**
   * Takes a run over, unless another process that is alive carries it on, or it has ended.
   *
   * @return the fence under which it is written from now on
   */
  static OptionalLong claim(Connection connection, RunId run, String replica) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update run set fence = fence + 1, replica = ? where id = ? and finished_at is null and"
                + " (replica is null or replica = ? or not exists (select 1 from replica r where"
                + " r.id = run.replica and r.lease_until > current_timestamp))",
            new String[] {"fence"})) {
      update.setString(1, replica);
      update.setString(2, run.value());
      update.setString(3, replica);
      if (update.executeUpdate() == 0) {
        return OptionalLong.empty();
      }
      try (ResultSet row = update.getGeneratedKeys()) {
        row.next();
        return OptionalLong.of(row.getLong(1));
      }
    }
  }

  /**
   * Lets whoever comes first claim a run.
   *
   * @return whether it was claimed under this fence
   */
  static boolean release(Connection connection, RunId run, long fence) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update run set replica = null where id = ? and fence = ?")) {
      update.setString(1, run.value());
      update.setLong(2, fence);
      return update.executeUpdate() == 1;
    }
  }

  /** Takes over the reports that processes which are gone have not delivered. */
  static List<RunId> adoptReports(Connection connection, String replica) throws SQLException {
    List<RunId> orphans = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id from run where finished_at is not null and delivered = false and replica <>"
                + " ? and not exists (select 1 from replica r where r.id = run.replica and"
                + " r.lease_until > ?) order by opened_at, id for update")) {
      select.setString(1, replica);
      select.setObject(2, now(connection));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          orphans.add(new RunId(rows.getString(1)));
        }
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement("update run set replica = ? where id = ?")) {
      for (RunId orphan : orphans) {
        update.setString(1, replica);
        update.setString(2, orphan.value());
        update.executeUpdate();
      }
    }
    return List.copyOf(orphans);
  }

  /** Makes due again what was being done; only where whoever did it is known to be gone. */
  static void freePicked(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
                + " version = version + 1 where picked = true")) {
      update.executeUpdate();
    }
  }

  /** Makes a run due for the first time. */
  static void makeDue(Connection connection, RunId run, Instant at) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into scheduled_tasks (task_name, task_instance, execution_time, picked,"
                + " version) values (?, ?, ?, false, 1)")) {
      insert.setString(1, RUN_TASK);
      insert.setString(2, run.value());
      insert.setObject(3, SqlJournal.time(at));
      insert.executeUpdate();
    }
  }

  /**
   * Makes a run due that waits. One that is being carried on looks for letters before it waits
   * again.
   */
  static void wake(Connection connection, RunId run) throws SQLException {
    // long ago by every clock, that of the scheduler and that of the database
    OffsetDateTime due = SqlJournal.time(Instant.EPOCH);
    try (PreparedStatement update =
        connection.prepareStatement(
            "update scheduled_tasks set execution_time = ?, version = version + 1 where task_name ="
                + " ? and task_instance = ? and picked = false and execution_time > ?")) {
      update.setObject(1, due);
      update.setString(2, RUN_TASK);
      update.setString(3, run.value());
      update.setObject(4, due);
      update.executeUpdate();
    }
  }

  /** Forgets processes that are gone for good and carry nothing on. */
  static void forgetGone(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from replica where lease_until < ? and not exists (select 1 from run where"
                + " run.replica = replica.id and run.finished_at is null)")) {
      delete.setObject(1, now(connection).minusDays(1));
      delete.executeUpdate();
    }
  }

  /** Whether another process was heard of lately. */
  static boolean othersAreAlive(Connection connection, String replica) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select 1 from replica where id <> ? and lease_until > current_timestamp")) {
      select.setString(1, replica);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** The database's clock, which all processes share. */
  static OffsetDateTime now(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select current_timestamp");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }
}
