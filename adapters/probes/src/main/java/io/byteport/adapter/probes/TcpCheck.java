package io.byteport.adapter.probes;

import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * {@code tcp.check}: which of some endpoints accept a connection. All are tried at the same time.
 * That an endpoint cannot be reached is an answer, not a failure.
 */
final class TcpCheck implements Action.Read<TcpCheck.Input, TcpCheck.Output> {

  /** More would make the agent a port scanner. */
  static final int MOST_ENDPOINTS = 64;

  /**
   * @param namespace where names without a dot are looked up; null for names as they are
   * @param timeout for each endpoint
   */
  record Input(List<Endpoint> endpoints, @Nullable String namespace, Duration timeout) {}

  record Output(List<Endpoint> reachable, List<Endpoint> unreachable) {}

  private final TcpDialer dialer;

  TcpCheck(TcpDialer dialer) {
    this.dialer = dialer;
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
    List<String> command =
        new ArrayList<>(List.of("nc", "-zvw" + Math.max(1, input.timeout().toSeconds())));
    if (!input.endpoints().isEmpty()) {
      Endpoint first = resolved(input.endpoints().getFirst(), input.namespace());
      command.add(first.host());
      command.add(Integer.toString(first.port()));
    }
    return command;
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    if (input.endpoints().size() > MOST_ENDPOINTS) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "at most "
              + MOST_ENDPOINTS
              + " endpoints are tried at once, found "
              + input.endpoints().size());
    }
    Duration timeout =
        input.timeout().compareTo(context.timeout()) < 0 ? input.timeout() : context.timeout();
    List<Endpoint> reachable = new ArrayList<>();
    List<Endpoint> unreachable = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers =
          input.endpoints().stream()
              .map(
                  each -> threads.submit(() -> answers(resolved(each, input.namespace()), timeout)))
              .toList();
      for (int i = 0; i < answers.size(); i++) {
        (answer(answers.get(i)) ? reachable : unreachable).add(input.endpoints().get(i));
      }
    }
    return new Output(reachable, unreachable);
  }

  private boolean answers(Endpoint endpoint, Duration timeout) {
    try {
      dialer.dial(endpoint, timeout);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean answer(Future<Boolean> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * A name without a dot is that of a Service in the namespace, as a pod there would look it up.
   */
  static Endpoint resolved(Endpoint endpoint, @Nullable String namespace) {
    boolean bare = endpoint.host().indexOf('.') < 0 && endpoint.host().indexOf(':') < 0;
    return namespace == null || namespace.isEmpty() || !bare || endpoint.host().equals("localhost")
        ? endpoint
        : new Endpoint(endpoint.host() + "." + namespace + ".svc", endpoint.port());
  }
}
