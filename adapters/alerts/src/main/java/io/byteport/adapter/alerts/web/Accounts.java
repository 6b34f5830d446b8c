package io.byteport.adapter.alerts.web;

import io.byteport.adapter.cloud.http.EnvironmentProxies;
import io.byteport.adapter.cloud.http.Pauses;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.net.ProxySelector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What is asked through connections that runbooks use, too: with their accounts, within a minute,
 * and what passes is asked again within that minute. Safe for several threads.
 */
public final class Accounts implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Machine machine = Machine.own();
  private final Transport transport;

  public Accounts(InstantSource clock) {
    this.clock = clock;
    this.transport =
        new Transport(
            new EnvironmentProxies(machine.environment(), ProxySelector.getDefault()),
            Pauses.real(),
            RandomGenerator.getDefault());
  }

  /** What may fail as an action does. */
  @FunctionalInterface
  public interface Asking<T> {
    T ask(ActionContext context) throws ActionException, InterruptedException;
  }

  /**
   * What is answered.
   *
   * @throws SourceException with the words of the action that failed
   */
  public <T> T ask(Asking<T> asking) throws SourceException, InterruptedException {
    try {
      return asking.ask(new ActionContext(clock, LIMIT, "poll"));
    } catch (ActionException failed) {
      throw new SourceException(failed.reason(), null, failed);
    }
  }

  public Machine machine() {
    return machine;
  }

  public Transport transport() {
    return transport;
  }

  @Override
  public void close() {
    transport.close();
  }
}
