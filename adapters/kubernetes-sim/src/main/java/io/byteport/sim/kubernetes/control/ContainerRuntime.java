package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.control.ContainerState.Running;
import io.byteport.sim.kubernetes.control.ContainerState.Terminated;
import io.byteport.sim.kubernetes.control.ContainerState.Waiting;
import io.byteport.sim.kubernetes.scenario.Fault;
import io.byteport.sim.kubernetes.store.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One container of one pod, from its image pull through all its restarts. It is one class over the
 * usual length because it is one state machine.
 */
final class ContainerRuntime {
  private static final Duration PULL = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(1);
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(300);
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);
  private static final Duration RESYNC = Duration.ofSeconds(15);

  private enum Mode {
    START,
    PULLING,
    PULL_FAILED,
    RUNNING,
    STOPPING,
    BACKING_OFF,
    DONE
  }

  private final KubeletServices services;
  private final String name;
  private final boolean initial;
  private Mode mode = Mode.START;
  private Instant due = Instant.MAX;
  private boolean released;
  private ContainerState state;
  private Optional<Terminated> last = Optional.empty();
  private boolean ready;
  private boolean started;
  private int restarts;
  private Duration backOff = Duration.ZERO;
  private Duration pullBackOff = FIRST_BACK_OFF;
  private Instant until = Instant.MIN;
  private Instant cursor = Instant.MIN;
  private String id = "";
  private List<LogLine> log = new ArrayList<>();
  private List<LogLine> lastLog = List.of();

  /**
   * A container that is held back until it is released.
   *
   * @param initial whether it is an init container
   * @param waitingFor what it says meanwhile
   */
  ContainerRuntime(KubeletServices services, String name, boolean initial, String waitingFor) {
    this.services = services;
    this.name = name;
    this.initial = initial;
    this.state = new Waiting(waitingFor, "");
  }

  /** From then on it may start; only the first call counts. */
  void release(Instant at) {
    if (!released) {
      released = true;
      due = at;
    }
  }

  /** When an init container had done its work, and the next one may start; empty before. */
  Optional<Instant> completedAt() {
    if (state instanceof Terminated end && mode == Mode.DONE && end.exitCode() == 0) {
      return Optional.of(end.finishedAt());
    }
    return Optional.empty();
  }

  String name() {
    return name;
  }

  Instant due() {
    return due;
  }

  boolean isReady() {
    return ready;
  }

  boolean isDone() {
    return mode == Mode.DONE;
  }

  ContainerState state() {
    return state;
  }

  Optional<Terminated> last() {
    return last;
  }

  /** The log of the run that is on, or else of the last one. */
  List<LogLine> log() {
    return state instanceof Running ? List.copyOf(log) : lastLog;
  }

  List<LogLine> lastLog() {
    return lastLog;
  }

  /** Something about the pod has changed: a running container looks again at what awaits it. */
  void reconsider(ObjectNode pod, Instant now) {
    if (mode == Mode.RUNNING) {
      Instant present = now.minusNanos(1);
      cursor = present.isAfter(cursor) ? present : cursor;
      due = nextDue(pod, now);
    }
  }

  /** Plays everything that is due up to {@code now}. */
  void play(ObjectNode pod, Instant now) {
    while (!due.isAfter(now)) {
      Instant at = due;
      switch (mode) {
        case START -> start(pod, at);
        case PULLING -> pulled(pod, at);
        case PULL_FAILED -> backOffPulling(pod);
        case RUNNING -> live(pod, at);
        case STOPPING -> finish(pod, at, 143, "Error");
        case BACKING_OFF -> backOffRestart(pod, at);
        case DONE -> due = Instant.MAX;
      }
    }
  }

  private void start(ObjectNode pod, Instant at) {
    Optional<String> volume = services.references().missingVolume(pod);
    if (volume.isPresent()) {
      services.events().warning(pod, "kubelet", "FailedMount", volume.get());
      state = new Waiting("ContainerCreating", "");
      due = at.plus(RESYNC);
      return;
    }
    String image = image(pod);
    Optional<Fault.BadImage> bad = bad(pod, image, at);
    if (bad.isPresent()) {
      failPull(pod, bad.get(), at);
    } else if (services.hasImage(pod, image)) {
      emit(pod, "Normal", "Pulled", "Container image \"" + image + "\" already present on machine");
      create(pod, at);
    } else {
      emit(pod, "Normal", "Pulling", "Pulling image \"" + image + "\"");
      mode = Mode.PULLING;
      due = at.plus(PULL);
    }
  }

  private Optional<Fault.BadImage> bad(ObjectNode pod, String image, Instant at) {
    return services.faults().of(pod, spec(pod), at).stream()
        .map(FaultBook.Active::fault)
        .filter(Fault.BadImage.class::isInstance)
        .map(Fault.BadImage.class::cast)
        .filter(one -> one.image().equals(image))
        .findFirst();
  }

  private void failPull(ObjectNode pod, Fault.BadImage bad, Instant at) {
    String image = bad.image();
    String why =
        ("rpc error: code = %s desc = failed to pull and unpack image \"%s\": failed to"
                + " resolve reference \"%s\": %s")
            .formatted(
                bad.why().isPresent() ? "Unknown" : "NotFound",
                image,
                image,
                bad.why().orElse(image + ": not found"));
    emit(pod, "Normal", "Pulling", "Pulling image \"" + image + "\"");
    emit(pod, "Warning", "Failed", "Failed to pull image \"" + image + "\": " + why);
    emit(pod, "Warning", "Failed", "Error: ErrImagePull");
    state = new Waiting("ErrImagePull", why);
    mode = Mode.PULL_FAILED;
    until = at.plus(pullBackOff);
    pullBackOff = doubled(pullBackOff);
    due = at.plusSeconds(2);
  }

  private void backOffPulling(ObjectNode pod) {
    String image = image(pod);
    String text = "Back-off pulling image \"" + image + "\"";
    emit(pod, "Normal", "BackOff", text);
    emit(pod, "Warning", "Failed", "Error: ImagePullBackOff");
    state = new Waiting("ImagePullBackOff", text);
    mode = Mode.START;
    due = until;
  }

  private void pulled(ObjectNode pod, Instant at) {
    String image = image(pod);
    services.keepImage(pod, image);
    emit(
        pod,
        "Normal",
        "Pulled",
        "Successfully pulled image \"%s\" in 1s (1s including waiting). Image size: 48213311 bytes."
            .formatted(image));
    create(pod, at);
  }

  private void create(ObjectNode pod, Instant at) {
    Optional<String> missing =
        services.references().missing(Json.text(pod, "metadata", "namespace"), spec(pod));
    if (missing.isPresent()) {
      emit(pod, "Warning", "Failed", "Error: " + missing.get());
      state = new Waiting("CreateContainerConfigError", missing.get());
      mode = Mode.START;
      due = at.plus(RESYNC);
      return;
    }
    emit(pod, "Normal", "Created", "Created container: " + name);
    emit(pod, "Normal", "Started", "Started container " + name);
    restarts += last.isPresent() ? 1 : 0;
    id = "containerd://" + services.names().hex();
    log = new ArrayList<>();
    write(at, name + " starting");
    state = new Running(at);
    started = !spec(pod).has("startupProbe");
    mode = Mode.RUNNING;
    cursor = at.minusNanos(1);
    faults(pod, at)
        .forEach(
            f -> {
              if (f.fault() instanceof Fault.SlowStart slow && !f.since().isAfter(at)) {
                write(at, slow.log());
              }
            });
    due = nextDue(pod, at);
  }

  private Instant nextDue(ObjectNode pod, Instant now) {
    List<Life.Due> next = life(pod, now).next(cursor);
    return next.isEmpty() ? Instant.MAX : next.getFirst().at();
  }

  private void live(ObjectNode pod, Instant at) {
    Life life = life(pod, at);
    for (Life.Due happening : life.next(cursor)) {
      switch (happening.what()) {
        case SERVING -> write(at, "accepting requests");
        case STARTED -> started = true;
        case READY -> ready = !initial;
        case READINESS_PROBE_FAILED -> unhealthy(pod, "Readiness", "readinessProbe");
        case LIVENESS_PROBE_FAILED -> unhealthy(pod, "Liveness", "livenessProbe");
        case STARTUP_PROBE_FAILED -> unhealthy(pod, "Startup", "startupProbe");
        case LIVENESS_KILL -> kill(pod, at, "liveness");
        case STARTUP_KILL -> kill(pod, at, "startup");
        case EXIT -> {
          Life.Exit exit = life.exit().orElseThrow();
          write(at, exit.log());
          finish(pod, at, exit.code(), exit.reason());
        }
      }
      if (mode != Mode.RUNNING) {
        return;
      }
    }
    cursor = at;
    due = nextDue(pod, at);
  }

  private void unhealthy(ObjectNode pod, String which, String probe) {
    String address = Json.text(pod, "status", "podIP");
    JsonNode get = Json.at(spec(pod), probe, "httpGet");
    String port = Json.text(get, "port");
    String cause =
        get.isMissingNode()
            ? "dial tcp: connect: connection refused"
            : "Get \"http://%s:%s%s\": dial tcp %s:%s: connect: connection refused"
                .formatted(address, port, Json.text(get, "path"), address, port);
    emit(pod, "Warning", "Unhealthy", which + " probe failed: " + cause);
  }

  private void kill(ObjectNode pod, Instant at, String probe) {
    emit(
        pod,
        "Normal",
        "Killing",
        "Container " + name + " failed " + probe + " probe, will be restarted");
    mode = Mode.STOPPING;
    due = at.plus(STOP);
  }

  private void finish(ObjectNode pod, Instant at, int code, String reason) {
    Instant startedAt = state instanceof Running running ? running.startedAt() : at;
    Terminated end = new Terminated(code, reason, startedAt, at, id);
    lastLog = List.copyOf(log);
    ready = false;
    started = false;
    if (reason.equals("OOMKilled")) {
      services.reportOutOfMemory(pod, name);
    }
    String policy = Json.text(pod, "spec", "restartPolicy");
    boolean completed = initial && code == 0;
    if (completed || policy.equals("Never") || (policy.equals("OnFailure") && code == 0)) {
      state = end;
      ready = completed;
      mode = Mode.DONE;
      due = Instant.MAX;
      return;
    }
    last = Optional.of(end);
    if (Duration.between(startedAt, at).compareTo(FORGIVEN_AFTER) >= 0) {
      backOff = Duration.ZERO;
    }
    if (backOff.isZero()) {
      backOff = FIRST_BACK_OFF;
      state = end;
      mode = Mode.START;
      due = at.plusSeconds(1);
      return;
    }
    until = at.plus(backOff);
    state =
        new Waiting(
            "CrashLoopBackOff",
            "back-off %s restarting failed container=%s pod=%s_%s(%s)"
                .formatted(
                    inWords(backOff),
                    name,
                    Json.text(pod, "metadata", "name"),
                    Json.text(pod, "metadata", "namespace"),
                    Json.text(pod, "metadata", "uid")));
    backOff = doubled(backOff);
    mode = Mode.BACKING_OFF;
    due = at;
  }

  private void backOffRestart(ObjectNode pod, Instant at) {
    if (!until.isAfter(at)) {
      mode = Mode.START;
      return;
    }
    emit(
        pod,
        "Warning",
        "BackOff",
        "Back-off restarting failed container %s in pod %s_%s(%s)"
            .formatted(
                name,
                Json.text(pod, "metadata", "name"),
                Json.text(pod, "metadata", "namespace"),
                Json.text(pod, "metadata", "uid")));
    Instant next = at.plus(RESYNC);
    due = next.isBefore(until) ? next : until;
  }

  /** The container's entry in the status of its pod. */
  ObjectNode status(ObjectNode pod) {
    String image = image(pod);
    return Json.object(
        "name",
        name,
        "state",
        state.json(),
        "lastState",
        last.<Object>map(Terminated::json)
            .filter(t -> !state.equals(last.get()))
            .orElse(Json.object()),
        "ready",
        ready,
        "restartCount",
        restarts,
        "image",
        image,
        "imageID",
        id.isEmpty() ? "" : image + "@sha256:" + Names.hash(Json.tree(image)),
        "containerID",
        id.isEmpty() ? null : id,
        "started",
        state instanceof Running && started);
  }

  private Life life(ObjectNode pod, Instant at) {
    Instant startedAt = state instanceof Running running ? running.startedAt() : at;
    List<FaultBook.Active> faults = faults(pod, at);
    return initial
        ? Life.ofInitial(startedAt, spec(pod), faults, services.faults())
        : Life.of(startedAt, spec(pod), faults, services.faults());
  }

  private List<FaultBook.Active> faults(ObjectNode pod, Instant at) {
    return services.faults().of(pod, spec(pod), at);
  }

  private void write(Instant at, String text) {
    text.lines().forEach(line -> log.add(new LogLine(at, line)));
  }

  private void emit(ObjectNode pod, String type, String reason, String message) {
    services.events().emit(pod, path(), "kubelet", type, reason, message);
  }

  private String image(ObjectNode pod) {
    return Json.text(spec(pod), "image");
  }

  private JsonNode spec(ObjectNode pod) {
    return Json.named(Json.at(pod, "spec", group()), name);
  }

  private String group() {
    return initial ? "initContainers" : "containers";
  }

  private String path() {
    return "spec." + group() + "{" + name + "}";
  }

  /** Tells that it is being ended, if it runs. */
  void sayStopping(ObjectNode pod) {
    if (mode == Mode.RUNNING) {
      emit(pod, "Normal", "Killing", "Stopping container " + name);
    }
  }

  private static Duration doubled(Duration duration) {
    Duration twice = duration.multipliedBy(2);
    return twice.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : twice;
  }

  private static String inWords(Duration duration) {
    long minutes = duration.toMinutes();
    return (minutes > 0 ? minutes + "m" : "") + duration.toSecondsPart() + "s";
  }
}
