package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.Amounts;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How much memory a container may be given at most: a share of what the smallest of the nodes that
 * run its workload's pods can give to pods; of the largest node of all, where none runs any.
 *
 * @param share of the node's allocatable memory
 */
record NodeCeiling(ClusterApi api, Percent share) {

  /** What a node can give. */
  private record Room(String node, DataSize memory) {}

  /** Refuses a limit above it. */
  void check(WorkloadState workload, DataSize limit, Deadline deadline)
      throws ActionException, InterruptedException {
    Set<String> names = new TreeSet<>();
    for (Pod pod : new WorkloadReader(api, deadline).pods(workload)) {
      String node = pod.getSpec().getNodeName();
      if (node != null && !node.isEmpty() && PodMapper.isUnfinished(pod)) {
        names.add(node);
      }
    }
    List<Room> rooms = new ArrayList<>();
    api.<Node, NodeList>each(
        Resource.NODES,
        null,
        Selection.ALL,
        NodeList.class,
        deadline,
        node -> {
          @Nullable DataSize memory =
              node.getStatus() == null ? null : Amounts.memory(node.getStatus().getAllocatable());
          if (memory != null && (names.isEmpty() || names.contains(node.getMetadata().getName()))) {
            rooms.add(new Room(node.getMetadata().getName(), memory));
          }
        });
    Comparator<Room> bySize = Comparator.comparing(Room::memory);
    Room room =
        rooms.stream()
            .min(names.isEmpty() ? bySize.reversed() : bySize)
            .orElseThrow(
                () ->
                    ActionException.refused(
                        FailureKind.REFUSED, "no node tells how much memory it can give"));
    if (limit.bytes() > room.memory().bytes() * (share.points() / 100)) {
      throw ActionException.refused(
          FailureKind.REFUSED,
          limit
              + " is more than "
              + share
              + " of the "
              + room.memory()
              + " that the node "
              + room.node()
              + " can give to pods");
    }
  }
}
