package io.byteport.adapter.cloud.compute;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Optional;

/**
 * One account of one cloud. What it is asked about and does not have is empty, never a failure, so
 * that the accounts can be asked in turn. Safe for several threads.
 */
public interface Platform {

  /** The inventory's name. */
  String account();

  Provider provider();

  /** A volume, if this account has it there. */
  Optional<Volume> volume(String id, Place place, Deadline deadline)
      throws ActionException, InterruptedException;

  /** Asks whether the volume could grow; fails where it could not. */
  void rehearseGrowth(Volume volume, long gibibytes, Deadline deadline)
      throws ActionException, InterruptedException;

  /** Asks for a larger volume and returns once that is accepted. */
  void grow(Volume volume, long gibibytes, String intent, Deadline deadline)
      throws ActionException, InterruptedException;

  /** Whether the volume has the size or is on its way to it. */
  boolean growsTo(Volume volume, long gibibytes, Deadline deadline)
      throws ActionException, InterruptedException;

  /** The node groups of a cluster that the provider knows by that name. */
  List<NodePool> pools(String cluster, Deadline deadline)
      throws ActionException, InterruptedException;

  /** A group as it is now. */
  Optional<NodePool> pool(NodePool known, Deadline deadline)
      throws ActionException, InterruptedException;

  /** How many nodes of a group are there and healthy. */
  long running(NodePool pool, Deadline deadline) throws ActionException, InterruptedException;

  /** The size that the group would get, where the provider cannot give it any. */
  long attainable(NodePool pool, long size, Deadline deadline)
      throws ActionException, InterruptedException;

  /** Sets the wanted size. */
  void resize(NodePool pool, long size, String intent, Deadline deadline)
      throws ActionException, InterruptedException;

  /** What identifies an instance and its group, if this account has it; for the intent. */
  Optional<StructValue> instance(ProviderId id, Deadline deadline)
      throws ActionException, InterruptedException;

  /** Lets the group replace that very instance. */
  void replace(ProviderId id, StructValue identity, String intent, Deadline deadline)
      throws ActionException, InterruptedException;

  /** Whether the instance that was identified is at its end. */
  Probe replaced(ProviderId id, StructValue identity, Deadline deadline)
      throws ActionException, InterruptedException;
}
