package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.TemplateRevision;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionList;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetList;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All workloads of a namespace, or of all, with their revisions: five lists, however many workloads
 * there are.
 */
final class AllWorkloads {
  private final List<WorkloadState> workloads = new ArrayList<>();
  private final Map<String, List<TemplateRevision>> revisions = new HashMap<>();

  AllWorkloads(ClusterApi api, @Nullable String namespace, Deadline deadline)
      throws ActionException, InterruptedException {
    api.<ReplicaSet, ReplicaSetList>each(
        Resource.REPLICA_SETS,
        namespace,
        Selection.ALL,
        ReplicaSetList.class,
        deadline,
        set -> add(set, TemplateRevision.of(set)));
    api.<ControllerRevision, ControllerRevisionList>each(
        Resource.CONTROLLER_REVISIONS,
        namespace,
        Selection.ALL,
        ControllerRevisionList.class,
        deadline,
        revision -> add(revision, TemplateRevision.of(revision)));
    api.<Deployment, DeploymentList>each(
        Resource.DEPLOYMENTS,
        namespace,
        Selection.ALL,
        DeploymentList.class,
        deadline,
        one -> workloads.add(WorkloadState.of(one)));
    api.<StatefulSet, StatefulSetList>each(
        Resource.STATEFUL_SETS,
        namespace,
        Selection.ALL,
        StatefulSetList.class,
        deadline,
        one -> workloads.add(WorkloadState.of(one)));
    api.<DaemonSet, DaemonSetList>each(
        Resource.DAEMON_SETS,
        namespace,
        Selection.ALL,
        DaemonSetList.class,
        deadline,
        one -> workloads.add(WorkloadState.of(one)));
  }

  private void add(HasMetadata object, Optional<TemplateRevision> revision) {
    if (revision.isPresent()) {
      PodMapper.controller(object)
          .ifPresent(
              owner ->
                  revisions
                      .computeIfAbsent(owner.getUid(), uid -> new ArrayList<>())
                      .add(revision.get()));
    }
  }

  List<WorkloadState> workloads() {
    return workloads;
  }

  List<TemplateRevision> revisions(WorkloadState workload) {
    return revisions.getOrDefault(workload.uid(), List.of());
  }
}
