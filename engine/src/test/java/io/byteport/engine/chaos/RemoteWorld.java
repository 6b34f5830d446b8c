package io.byteport.engine.chaos;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.WatchSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The {@link WorldServer} as a process sees it that may be killed while it asks. */
final class RemoteWorld implements Adapter {
  private final int port;
  private final String process;
  private final boolean repeatable;
  private final Faults faults;

  RemoteWorld(int port, String process, boolean repeatable, Faults faults) {
    this.port = port;
    this.process = process;
    this.repeatable = repeatable;
    this.faults = faults;
  }

  record Named(String service) {}

  record State(String state) {}

  /** Asks once; there is no pool and no second attempt. */
  static String ask(int port, Map<String, String> query, String path, Runnable sent)
      throws IOException {
    StringBuilder text = new StringBuilder("GET ").append(path);
    char separator = '?';
    for (Map.Entry<String, String> one : query.entrySet()) {
      text.append(separator)
          .append(one.getKey())
          .append('=')
          .append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
      separator = '&';
    }
    text.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      sent.run();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int body = answer.indexOf("\r\n\r\n");
      if (body < 0) {
        throw new IOException("no answer");
      }
      return answer.substring(body + 4);
    }
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(new Look(), new Make());
  }

  @Override
  public List<WatchSource> watches() {
    return List.of();
  }

  @Override
  public void close() {}

  private final class Look implements Action.Read<Named, State> {
    @Override
    public String name() {
      return "test.look";
    }

    @Override
    public Class<Named> inputType() {
      return Named.class;
    }

    @Override
    public Class<State> outputType() {
      return State.class;
    }

    @Override
    public List<String> command(Named input) {
      return List.of("look", input.service());
    }

    @Override
    public State read(Named input, ActionContext context) throws ActionException {
      faults.at("look");
      try {
        return new State(ask(port, Map.of("service", input.service()), "/look", () -> {}));
      } catch (IOException e) {
        throw ActionException.refused(FailureKind.UNREACHABLE, String.valueOf(e.getMessage()));
      }
    }
  }

  private final class Make implements Action.Change<Named, State> {
    @Override
    public String name() {
      return "test.change";
    }

    @Override
    public Class<Named> inputType() {
      return Named.class;
    }

    @Override
    public Class<State> outputType() {
      return State.class;
    }

    @Override
    public List<String> command(Named input) {
      return List.of("change", input.service());
    }

    @Override
    public StructValue prepare(Named input, ActionContext context) {
      faults.at("prepare");
      return StructValue.EMPTY;
    }

    @Override
    public Changed<State> change(Named input, StructValue memo, ActionContext context)
        throws ActionException {
      faults.at("call");
      try {
        State state =
            new State(
                ask(
                    port,
                    Map.of(
                        "service", input.service(),
                        "intent", context.intent(),
                        "process", process),
                    "/change",
                    () -> faults.at("sent")));
        faults.at("answered");
        return new Changed<>(state, true);
      } catch (IOException e) {
        throw new ActionException(
            FailureKind.UNREACHABLE,
            ActionException.Effect.UNKNOWN,
            String.valueOf(e.getMessage()),
            e);
      }
    }

    @Override
    public Probe probe(Named input, StructValue memo, ActionContext context)
        throws ActionException {
      faults.at("probe");
      try {
        return Boolean.parseBoolean(
                ask(port, Map.of("intent", context.intent()), "/made", () -> {}))
            ? Probe.TOOK_EFFECT
            : Probe.NOT_DONE;
      } catch (IOException e) {
        throw ActionException.refused(FailureKind.UNREACHABLE, String.valueOf(e.getMessage()));
      }
    }

    @Override
    public boolean settled(Named input, StructValue memo, ActionContext context) {
      faults.at("settle");
      return true;
    }

    @Override
    public boolean repeatable() {
      return repeatable;
    }
  }
}
