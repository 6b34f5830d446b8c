package io.byteport.cli.world;

import io.byteport.adapter.probes.TcpDialer;
import io.byteport.adapter.probes.tls.TrustRoots;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something that a story happens in. The engine meets it as it meets the real one: through entries
 * of an inventory and the adapters. Used by one thread at a time, beside the threads of what it
 * simulates.
 */
public interface World extends AutoCloseable {
  /** One sentence that says what there is and where it answers. */
  String introduction();

  /** What a signal selects here; names are unique among all worlds of a story. */
  List<Inventory.Entry> entries();

  /**
   * The adapters that reach this world, other than the probes; the caller closes them.
   *
   * @param inventory the entries of all worlds of the story
   */
  List<Adapter> adapters(Inventory inventory);

  /**
   * The same where an action that waits is to make time pass.
   *
   * @param pass moves the clock of the world
   */
  default List<Adapter> adapters(Inventory inventory, Consumer<Duration> pass) {
    return adapters(inventory);
  }

  /** How addresses are tried here, where the network is not a real one. */
  default Optional<TcpDialer> dialer() {
    return Optional.empty();
  }

  /** What counts as publicly trusted here, where it is not what the system trusts. */
  default Optional<TrustRoots> publicRoots() {
    return Optional.empty();
  }

  /**
   * Learns what else there is, once all worlds of a story have begun.
   *
   * @param all of them, this one too
   */
  default void meets(List<World> all) {}

  /**
   * Parameters by which a runbook finds its way here, by their names; those that the runbook of the
   * story has are given to it.
   */
  default Map<String, String> params() {
    return Map.of();
  }

  /** What stands in the environment of whoever lives here, for parameters that ask for it. */
  default Map<String, String> environment() {
    return Map.of();
  }

  /** Brings what is simulated up to the time of its clock. */
  void tick();

  /** How many requests have changed something here. */
  long changes();

  /** What {@link #changes} are made to: the word after "changed"; empty where none can be made. */
  String subject();

  @Override
  void close() throws IOException;
}
