package io.byteport.engine.chaos;

import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.journal.replica.Replica;
import io.byteport.engine.journal.replica.ReplicaSettings;
import io.byteport.engine.outbox.Told;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.DriverParts;
import io.byteport.engine.run.RandomIds;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.spi.ActionRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that is one replica, in real time. */
public final class Replicated {
  static final Duration LEASE = Duration.ofSeconds(2);

  private static final ReplicaSettings QUICK =
      new ReplicaSettings(
          16,
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(400),
          Duration.ofMillis(1_500),
          Duration.ZERO);

  private Replicated() {}

  /**
   * {@code NAME WORLD JDBC-URL USER PASSWORD REPEATABLE SUSPEND}: carries runs on until it is
   * killed. Each line of standard input, {@code RUN SERVICE PLAN}, opens a run, which is answered
   * with {@code opened RUN OTHER}. At the point SUSPEND the process stands still for six seconds.
   */
  public static void main(String[] args) throws IOException {
    String name = args[0];
    int world = Integer.parseInt(args[1]);
    Faults faults = args[6].isEmpty() ? Faults.NONE : Faults.suspend(args[6], 6);
    StoreAddress address = new StoreAddress(args[2], args[3], args[4], 8, LEASE);
    SqlRunStore store = open(address, name);
    SystemTimers timers = new SystemTimers(InstantSource.system());
    Driver driver =
        new Driver(
            new DriverParts(
                WatchedStore.of(store, faults, what -> refused(world, name, what)),
                new ActionRegistry(
                    List.of(new RemoteWorld(world, name, Boolean.parseBoolean(args[5]), faults))),
                ChainCourse::before,
                timers,
                new RandomIds(),
                Redactor.SHAPES_ONLY,
                signal -> Optional.empty(),
                List.of(),
                new Told(store.outbox(), timers, Map.of("world", message -> tell(world, message)))
                    .dispatch()));
    Replica replica = new Replica(store, driver, timers.clock(), QUICK, name);
    replica.start();
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      accept(replica, line.split(" "));
    }
    Runtime.getRuntime().halt(0);
  }

  private static void tell(int world, Message message) throws ChannelException {
    try {
      RemoteWorld.ask(
          world,
          Map.of("run", message.run().value(), "title", message.notice().title()),
          "/notice",
          () -> {});
    } catch (IOException e) {
      throw ChannelException.later(String.valueOf(e.getMessage()), null, e);
    }
  }

  /** The database may be away. */
  private static SqlRunStore open(StoreAddress address, String name) {
    while (true) {
      try {
        return SqlRunStore.shared(address, Redactor.SHAPES_ONLY, name);
      } catch (StoreException e) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(300);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void accept(Replica replica, String[] words) {
    try {
      RunId run =
          replica.accept(
              ChainCourse.opened(
                  words[0],
                  words[1],
                  ChainCourse.Plan.parse(words[2]),
                  InstantSource.system().instant()));
      System.out.println("opened " + words[0] + " " + run);
    } catch (StoreException e) {
      System.out.println("refused " + words[0]);
    }
  }

  private static void refused(int world, String name, String what) {
    try {
      RemoteWorld.ask(world, Map.of("what", name + " " + what), "/refused", () -> {});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
