package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.WatchSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A service that can be looked at and restarted, with faults to order. */
public final class World implements Adapter {
  public final AtomicInteger restarts = new AtomicInteger();
  public final AtomicInteger probes = new AtomicInteger();
  public final AtomicInteger looks = new AtomicInteger();
  public volatile Runner onLook = () -> {};
  public volatile Runner onPrepare = () -> {};
  public volatile Runner beforeRestart = () -> {};
  public volatile Runner afterRestart = () -> {};
  public volatile Runner onSettled = () -> {};
  public volatile Speaker speaker = progress -> {};
  public volatile boolean settled = true;
  public volatile boolean repeatable;
  public volatile Action.@Nullable Probe probe;

  @FunctionalInterface
  public interface Runner {
    void run() throws ActionException, InterruptedException;
  }

  /** What an action says while it is going on. */
  @FunctionalInterface
  public interface Speaker {
    void speak(io.byteport.engine.spi.Progress progress) throws ActionException;
  }

  public record Name(String service) {}

  public record State(String service, int restarts, String log) {}

  public ActionRegistry registry() {
    return new ActionRegistry(List.of(this));
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(new Look(), new Restart());
  }

  @Override
  public List<WatchSource> watches() {
    return List.of();
  }

  @Override
  public void close() {}

  final class Look implements Action.Read<Name, State> {
    @Override
    public String name() {
      return "test.look";
    }

    @Override
    public Class<Name> inputType() {
      return Name.class;
    }

    @Override
    public Class<State> outputType() {
      return State.class;
    }

    @Override
    public List<String> command(Name input) {
      return List.of("look", input.service());
    }

    @Override
    public @Nullable State read(Name input, ActionContext context)
        throws ActionException, InterruptedException {
      looks.incrementAndGet();
      speaker.speak(context.progress());
      onLook.run();
      return input.service().equals("nothing")
          ? null
          : new State(input.service(), restarts.get(), "password=hunter22");
    }
  }

  final class Restart implements Action.Change<Name, State> {
    @Override
    public String name() {
      return "test.restart";
    }

    @Override
    public Class<Name> inputType() {
      return Name.class;
    }

    @Override
    public Class<State> outputType() {
      return State.class;
    }

    @Override
    public List<String> command(Name input) {
      return List.of("restart", input.service(), "it's so");
    }

    @Override
    public StructValue prepare(Name input, ActionContext context)
        throws ActionException, InterruptedException {
      onPrepare.run();
      return new StructValue(Map.of("before", Value.of((double) restarts.get())));
    }

    @Override
    public Changed<State> change(Name input, StructValue memo, ActionContext context)
        throws ActionException, InterruptedException {
      speaker.speak(context.progress());
      beforeRestart.run();
      restarts.incrementAndGet();
      afterRestart.run();
      return new Changed<>(new State(input.service(), restarts.get(), ""), true);
    }

    @Override
    public Probe probe(Name input, StructValue memo, ActionContext context) {
      probes.incrementAndGet();
      if (probe != null) {
        return probe;
      }
      double before = ((Value.NumberValue) memo.get("before")).value();
      return restarts.get() > before ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
    }

    @Override
    public boolean settled(Name input, StructValue memo, ActionContext context)
        throws ActionException, InterruptedException {
      onSettled.run();
      return settled;
    }

    @Override
    public Duration settlesWithin(Name input) {
      return Duration.ofMinutes(1);
    }

    @Override
    public boolean repeatable() {
      return repeatable;
    }
  }

  static ActionException lost() {
    return new ActionException(
        FailureKind.UNREACHABLE, ActionException.Effect.UNKNOWN, "connection reset", null);
  }
}
