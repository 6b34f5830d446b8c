package io.byteport.cli.agent;

import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.spi.Secret;
import java.util.function.Function;

/** Makes an agent heard and seen over HTTP. */
@FunctionalInterface
public interface Serving {

  /**
   * Listens where the agent's configuration says; returns when it does.
   *
   * @param secrets where the tokens of people are
   * @param requests hears of every request
   * @throws StartException if it cannot listen there, or that would be open to everybody
   */
  Served start(AgentView agent, Function<SecretReference, Secret> secrets, Requests requests)
      throws StartException;

  /** What listens. */
  interface Served extends AutoCloseable {

    /** Such as {@code http://127.0.0.1:8080}. */
    String address();

    /** From now on it says that it is not ready. */
    void drain();

    @Override
    void close();
  }
}
