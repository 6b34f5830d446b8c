package io.byteport.adapter.kubernetes;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Pause;
import io.byteport.adapter.kubernetes.change.Annotate;
import io.byteport.adapter.kubernetes.change.BackupSecret;
import io.byteport.adapter.kubernetes.change.Cordon;
import io.byteport.adapter.kubernetes.change.DeletePod;
import io.byteport.adapter.kubernetes.change.DeleteSecret;
import io.byteport.adapter.kubernetes.change.Drain;
import io.byteport.adapter.kubernetes.change.RelaxAntiAffinity;
import io.byteport.adapter.kubernetes.change.RemoveTaint;
import io.byteport.adapter.kubernetes.change.RestoreSecret;
import io.byteport.adapter.kubernetes.change.RolloutPause;
import io.byteport.adapter.kubernetes.change.RolloutRestart;
import io.byteport.adapter.kubernetes.change.RolloutResume;
import io.byteport.adapter.kubernetes.change.RolloutUndo;
import io.byteport.adapter.kubernetes.change.Scale;
import io.byteport.adapter.kubernetes.change.SetMemoryLimit;
import io.byteport.adapter.kubernetes.change.SetPriorityClass;
import io.byteport.adapter.kubernetes.change.SetProbe;
import io.byteport.adapter.kubernetes.change.Uncordon;
import io.byteport.adapter.kubernetes.read.CountReplacements;
import io.byteport.adapter.kubernetes.read.DescribeObject;
import io.byteport.adapter.kubernetes.read.FindWorkload;
import io.byteport.adapter.kubernetes.read.ListDisruptionBudgets;
import io.byteport.adapter.kubernetes.read.ListEndpoints;
import io.byteport.adapter.kubernetes.read.ListEvents;
import io.byteport.adapter.kubernetes.read.ListNames;
import io.byteport.adapter.kubernetes.read.ListNodes;
import io.byteport.adapter.kubernetes.read.ListPods;
import io.byteport.adapter.kubernetes.read.ListServicesOf;
import io.byteport.adapter.kubernetes.read.ListWorkloads;
import io.byteport.adapter.kubernetes.read.ReadAutoscaler;
import io.byteport.adapter.kubernetes.read.ReadCertificate;
import io.byteport.adapter.kubernetes.read.ReadCluster;
import io.byteport.adapter.kubernetes.read.ReadConfigReferences;
import io.byteport.adapter.kubernetes.read.ReadEnvironment;
import io.byteport.adapter.kubernetes.read.ReadLastDeploy;
import io.byteport.adapter.kubernetes.read.ReadLogs;
import io.byteport.adapter.kubernetes.read.ReadMemory;
import io.byteport.adapter.kubernetes.read.ReadNamespace;
import io.byteport.adapter.kubernetes.read.ReadNode;
import io.byteport.adapter.kubernetes.read.ReadObject;
import io.byteport.adapter.kubernetes.read.ReadOwner;
import io.byteport.adapter.kubernetes.read.ReadPod;
import io.byteport.adapter.kubernetes.read.ReadRolloutHistory;
import io.byteport.adapter.kubernetes.read.ReadVolumeClaim;
import io.byteport.adapter.kubernetes.read.ReadWorkload;
import io.byteport.adapter.kubernetes.watch.EndpointWatch;
import io.byteport.adapter.kubernetes.watch.EventWatch;
import io.byteport.adapter.kubernetes.watch.NodeWatch;
import io.byteport.adapter.kubernetes.watch.PodWatch;
import io.byteport.adapter.kubernetes.watch.WorkloadWatch;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.WatchSource;
import java.util.List;

/**
 * The family {@code kubectl}: actions and watches on the clusters of an inventory, entries of the
 * kind {@code cluster} with the settings {@code kubeconfig}, {@code context} and {@code namespaces}
 * (separated by commas; what lies elsewhere is refused), all of which may be missing. A cluster is
 * connected to when it is first needed. Safe for several threads.
 */
public final class KubernetesAdapter implements Adapter {
  private final Clusters clusters;
  private final List<Action<?, ?>> actions;
  private final List<WatchSource> watches;

  public KubernetesAdapter(Inventory inventory) {
    this(inventory, Pause.ON_THE_MACHINE);
  }

  /** One that lets time pass in its own way, where the clock is not the machine's. */
  public KubernetesAdapter(Inventory inventory, Pause pause) {
    clusters = new Clusters(inventory);
    actions =
        List.of(
            new ReadPod(clusters),
            new ListPods(clusters),
            new ReadLogs(clusters),
            new DescribeObject(clusters),
            new ListEvents(clusters),
            new ListEndpoints(clusters),
            new ReadConfigReferences(clusters),
            new ReadOwner(clusters),
            new ReadWorkload(clusters),
            new ListWorkloads(clusters),
            new ReadRolloutHistory(clusters),
            new SetMemoryLimit(clusters),
            new SetProbe(clusters),
            new RolloutUndo(clusters),
            new Annotate(clusters),
            new ReadNode(clusters),
            new ListNodes(clusters),
            new ReadCluster(clusters),
            new ReadNamespace(clusters),
            new DeletePod(clusters),
            new FindWorkload(clusters),
            new ReadLastDeploy(clusters),
            new ListServicesOf(clusters),
            new ReadAutoscaler(clusters),
            new ReadEnvironment(clusters),
            new ReadMemory(clusters),
            new SetPriorityClass(clusters),
            new RelaxAntiAffinity(clusters),
            new Scale(clusters),
            new RolloutRestart(clusters),
            new RolloutPause(clusters),
            new RolloutResume(clusters),
            new ListDisruptionBudgets(clusters),
            new CountReplacements(clusters),
            new Cordon(clusters),
            new Uncordon(clusters),
            new Drain(clusters, pause),
            new RemoveTaint(clusters),
            new ReadObject(clusters),
            new ListNames(clusters),
            new ReadVolumeClaim(clusters),
            new ReadCertificate(clusters),
            new BackupSecret(clusters),
            new RestoreSecret(clusters),
            new DeleteSecret(clusters));
    RecordCodec codec = new RecordCodec();
    watches =
        List.of(
            new PodWatch(clusters, codec),
            new EventWatch(clusters, codec),
            new EndpointWatch(clusters, codec),
            new NodeWatch(clusters, codec),
            new WorkloadWatch(clusters, codec));
  }

  @Override
  public List<Action<?, ?>> actions() {
    return actions;
  }

  @Override
  public List<WatchSource> watches() {
    return watches;
  }

  @Override
  public void close() {
    clusters.close();
  }
}
