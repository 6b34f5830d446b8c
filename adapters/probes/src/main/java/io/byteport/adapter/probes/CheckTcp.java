package io.byteport.adapter.probes;

import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** {@code tcp.check}: which endpoints accept connections. All are tried at the same time. */
record CheckTcp(TcpDialer dialer) implements Action.Read<CheckTcp.Input, CheckTcp.Output> {
  private static final int MOST = 100;
  private static final int HIGHEST_PORT = 65_535;

  /**
   * What {@code tcp.check} takes.
   *
   * @param namespace where names without a dot are looked up; null for wherever the agent runs
   * @param timeout for each endpoint
   */
  record Input(List<Endpoint> endpoints, @Nullable String namespace, Duration timeout) {
    Input {
      endpoints = List.copyOf(new LinkedHashSet<>(endpoints));
      if (endpoints.size() > MOST) {
        throw new IllegalArgumentException(
            "there are " + endpoints.size() + " endpoints; at most " + MOST + " are tried");
      }
    }
  }

  /** What {@code tcp.check} returns: the endpoints as they were given, in their order. */
  record Output(List<Endpoint> reachable, List<Endpoint> unreachable) {
    Output {
      reachable = List.copyOf(reachable);
      unreachable = List.copyOf(unreachable);
    }
  }

  @Override
  public String name() {
    return "tcp.check";
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
    String seconds = String.valueOf(Math.max(1, input.timeout().plusMillis(999).toSeconds()));
    if (input.endpoints().size() == 1) {
      Endpoint only = input.endpoints().get(0);
      String host = address(only.host(), input.namespace());
      return List.of("nc", "-z", "-v", "-w", seconds, host, String.valueOf(only.port()));
    }
    List<String> words = new ArrayList<>(List.of("curl", "-v", "--max-time", seconds));
    for (Endpoint endpoint : input.endpoints()) {
      words.add("telnet://" + address(endpoint.host(), input.namespace()) + ":" + endpoint.port());
    }
    return words;
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Duration patience =
        input.timeout().compareTo(context.timeout()) < 0 ? input.timeout() : context.timeout();
    Map<Endpoint, Future<Boolean>> answers = new LinkedHashMap<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (Endpoint endpoint : input.endpoints()) {
        answers.put(endpoint, threads.submit(() -> connects(endpoint, input, patience)));
      }
      long end = System.nanoTime() + patience.toNanos();
      List<Endpoint> reachable = new ArrayList<>();
      List<Endpoint> unreachable = new ArrayList<>();
      for (Map.Entry<Endpoint, Future<Boolean>> answer : answers.entrySet()) {
        (isTrue(answer.getValue(), end) ? reachable : unreachable).add(answer.getKey());
      }
      return new Output(reachable, unreachable);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean connects(Endpoint endpoint, Input input, Duration patience)
      throws InterruptedException {
    return endpoint.port() >= 1
        && endpoint.port() <= HIGHEST_PORT
        && dialer.connects(address(endpoint.host(), input.namespace()), endpoint.port(), patience);
  }

  /** Looking up a name may take longer than connecting may; what has not answered by the end is unreachable. */
  private static boolean isTrue(Future<Boolean> answer, long end)
      throws ActionException, InterruptedException {
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      return false;
    } catch (CancellationException | ExecutionException defect) {
      throw new ActionException(
          FailureKind.INTERNAL, ActionException.Effect.NONE, "cannot dial: " + defect.getMessage(), defect);
    }
  }

  private static String address(String host, @Nullable String namespace) {
    return namespace == null || host.contains(".") || host.contains(":") || host.equals("localhost")
        ? host
        : host + "." + namespace + ".svc";
  }
}
