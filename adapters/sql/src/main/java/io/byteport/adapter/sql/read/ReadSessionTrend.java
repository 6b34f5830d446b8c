package io.byteport.adapter.sql.read;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Pause;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.SessionCounts;
import io.byteport.adapter.sql.server.Commands;
import io.byteport.adapter.sql.server.Server;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code sql.sessionTrend}: sessions by state, counted several times at a distance. */
public record ReadSessionTrend(Servers servers, Pause pause)
    implements Action.Read<ReadSessionTrend.Input, ReadSessionTrend.Output> {

  /** What {@code sql.sessionTrend} takes. */
  public record Input(DatabaseRef database, int samples, Duration every) {
    public Input {
      if (samples < 2 || samples > 20) {
        throw new IllegalArgumentException(
            "sessions are counted from 2 to 20 times, not " + samples);
      }
      if (every.compareTo(Duration.ofMillis(100)) < 0) {
        throw new IllegalArgumentException("sessions are counted at most ten times a second");
      }
    }
  }

  /** What {@code sql.sessionTrend} returns, oldest first. */
  public record Output(List<SessionCounts> points) {
    public Output {
      points = List.copyOf(points);
    }
  }

  @Override
  public String name() {
    return "sql.sessionTrend";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Commands.of(
        servers,
        input.database(),
        "SELECT state, count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP"
            + " BY state",
        "SELECT command, count(*) FROM information_schema.processlist GROUP BY command",
        "db.getSiblingDB('admin').aggregate([{$currentOp: {allUsers: true, idleConnections: true}},"
            + " {$group: {_id: '$active', n: {$sum: 1}}}])");
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Duration whole = input.every().multipliedBy(input.samples() - 1L);
    Waits.checkFits(whole, context.timeout());
    Server server = servers.of(input.database());
    Deadline deadline = Deadline.in(context.timeout());
    List<SessionCounts> points = new ArrayList<>();
    while (true) {
      points.add(server.counts(context.clock().instant(), deadline));
      if (points.size() == input.samples()) {
        return new Output(points);
      }
      pause.pause(input.every());
    }
  }
}
