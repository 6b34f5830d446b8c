package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.LogText;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.logs}: the end of a container's log. However long the log is, no more than {@value
 * #MOST_CHARS} characters are kept, and no more are held on the way.
 */
public record ReadLogs(Clusters clusters) implements Action.Read<ReadLogs.Input, ReadLogs.Output> {
  static final int MOST_CHARS = 262_144;

  /**
   * What {@code kubectl.logs} takes.
   *
   * @param container null for the one that waits, else the one with most restarts
   * @param tail how many lines; null for as many as fit
   * @param tailChars how many characters; null for as many as fit
   */
  public record Input(
      PodRef pod,
      @Nullable String container,
      boolean previous,
      @Nullable Integer tail,
      @Nullable Integer tailChars,
      @Nullable Cluster cluster) {
    public Input {
      if ((tail != null && tail < 1) || (tailChars != null && tailChars < 1)) {
        throw new IllegalArgumentException("the end of a log is at least 1 long");
      }
    }

    int chars() {
      return tailChars == null ? MOST_CHARS : Math.min(tailChars, MOST_CHARS);
    }

    /** A line has at least one character, so that many lines hold that many characters. */
    int lines() {
      return tail == null ? chars() : Math.min(tail, MOST_CHARS);
    }
  }

  /** What {@code kubectl.logs} returns. */
  public record Output(String text, List<String> lines) {
    public Output {
      lines = List.copyOf(lines);
    }
  }

  @Override
  public String name() {
    return "kubectl.logs";
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
    Kubectl command =
        Kubectl.on(clusters, input.pod().cluster(), input.cluster())
            .add("logs")
            .named("pod", input.pod().name())
            .in(input.pod().namespace());
    if (input.container() != null) {
      command.add("-c", input.container());
    }
    if (input.previous()) {
      command.add("--previous");
    }
    return (input.tail() == null ? command : command.add("--tail=" + input.tail())).words();
  }

  @Override
  public @Nullable Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.pod().cluster(), input.cluster()).api();
    String container =
        input.container() == null ? container(api, input.pod(), deadline) : input.container();
    byte[] end;
    try {
      end = end(api, input, container, input.previous(), deadline);
    } catch (ActionException e) {
      if (!input.previous() || !LogText.saysNoPrevious(e.reason())) {
        return none(e);
      }
      try {
        end = end(api, input, container, false, deadline);
      } catch (ActionException current) {
        return none(current);
      }
    }
    String text = LogText.end(end, input.chars());
    return new Output(text, LogText.lines(text));
  }

  private static byte[] end(
      ClusterApi api, Input input, String container, boolean previous, Deadline deadline)
      throws ActionException, InterruptedException {
    return api.log(
        input.pod().namespace(),
        input.pod().name(),
        container,
        previous,
        input.lines(),
        LogText.bytesFor(input.chars()),
        deadline);
  }

  private static @Nullable Output none(ActionException e) throws ActionException {
    if (e.kind() == FailureKind.INVALID && LogText.saysNotStarted(e.reason())) {
      return null;
    }
    throw e;
  }

  private static String container(ClusterApi api, PodRef pod, Deadline deadline)
      throws ActionException, InterruptedException {
    io.fabric8.kubernetes.api.model.Pod found =
        api.get(
            Resource.PODS,
            pod.namespace(),
            pod.name(),
            io.fabric8.kubernetes.api.model.Pod.class,
            deadline);
    return PodMapper.map(found, null, null, null)
        .orElseThrow(() -> ReadPod.noContainer(pod.namespace() + "/" + pod.name(), null))
        .container()
        .name();
  }
}
