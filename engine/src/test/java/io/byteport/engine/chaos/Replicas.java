package io.byteport.engine.chaos;

import io.byteport.engine.journal.StoreAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Replicas of one store, each a process that can be killed, suspended and started anew. */
final class Replicas implements AutoCloseable {
  private final WorldServer world;
  private final StoreAddress address;
  private final Path log;
  private final List<Jvm> running = new ArrayList<>();
  private final Set<String> opened = ConcurrentHashMap.newKeySet();
  private boolean repeatable;
  private int started;

  Replicas(WorldServer world, StoreAddress address, Path log) {
    this.world = world;
    this.address = address;
    this.log = log;
  }

  /** From now on replicas hold that a change may be repeated. */
  void repeatable(boolean may) {
    repeatable = may;
  }

  /**
   * @param suspend at which point it stands still once; nowhere where it is empty
   * @return its number
   */
  int start(String suspend) {
    running.add(process(suspend));
    return running.size() - 1;
  }

  private Jvm process(String suspend) {
    Jvm jvm =
        Jvm.start(
            Replicated.class,
            log,
            List.of(
                "replica-" + ++started,
                Integer.toString(world.port()),
                address.jdbcUrl(),
                address.user(),
                address.password(),
                Boolean.toString(repeatable),
                suspend));
    Thread.ofVirtual().start(() -> listen(jvm));
    return jvm;
  }

  private void listen(Jvm jvm) {
    try {
      for (String line = jvm.out().readLine(); line != null; line = jvm.out().readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("opened")) {
          opened.add(words[1]);
        }
      }
    } catch (IOException killed) {
      // What it has not said it may not have done.
    }
  }

  int size() {
    return running.size();
  }

  /** Whether a replica has said that it opened, or joined, a run. */
  boolean hasOpened(String run) {
    return opened.contains(run);
  }

  /** Asks a replica to open a run; it may be killed before it does. */
  void open(int replica, String run, String service, ChainCourse.Plan plan) {
    Jvm jvm = running.get(replica);
    try {
      jvm.in().write(run + " " + service + " " + plan.text() + "\n");
      jvm.in().flush();
    } catch (IOException killed) {
      opened.remove(run);
    }
  }

  void killAndRestart(int replica) {
    running.get(replica).close();
    running.set(replica, process(""));
  }

  void suspend(int replica, long millis) throws InterruptedException {
    Jvm jvm = running.get(replica);
    jvm.signal("STOP");
    TimeUnit.MILLISECONDS.sleep(millis);
    jvm.signal("CONT");
  }

  @Override
  public void close() {
    running.forEach(Jvm::close);
  }
}
