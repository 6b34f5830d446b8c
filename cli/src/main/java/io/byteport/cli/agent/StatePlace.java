package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.spi.ActionException;
import java.nio.file.Path;

/** Where an agent keeps its state, as its configuration says. */
final class StatePlace {
  /** Beside those of the runs that are carried on. */
  private static final int SPARE_CONNECTIONS = 4;

  private static final int MOST_CONNECTIONS = 24;

  private StatePlace() {}

  /**
   * Opens it, under a name that no other process has.
   *
   * @throws StartException if it cannot be used, or its password cannot be read
   */
  static SqlRunStore open(
      AgentConfiguration configuration, Secrets secrets, Redactor redactor, String replica)
      throws StartException {
    AgentConfiguration.Store store = configuration.store();
    try {
      if (store.address() == null) {
        return SqlRunStore.inFolder(Path.of(String.valueOf(store.folder())), redactor);
      }
      int connections =
          Math.min(MOST_CONNECTIONS, configuration.concurrency().runs() + SPARE_CONNECTIONS);
      String user = store.username() == null ? "" : store.username();
      return SqlRunStore.shared(
          new StoreAddress(
              "jdbc:postgresql://" + store.address(),
              user,
              password(store.password(), secrets),
              connections,
              StoreAddress.DEFAULT_LEASE),
          redactor,
          replica);
    } catch (StoreException e) {
      throw new StartException(
          describe(store) + ": " + redactor.redact(String.valueOf(e.getMessage())), e);
    } catch (ActionException e) {
      throw new StartException(
          "the password of the store cannot be read: " + redactor.redact(e.reason()), e);
    }
  }

  private static String password(
      @org.jspecify.annotations.Nullable SecretReference reference, Secrets secrets)
      throws ActionException {
    return reference == null ? "" : secrets.sources().secret(reference).reveal();
  }

  /** For people; without a password. */
  static String describe(AgentConfiguration.Store store) {
    return store.address() == null
        ? "the folder " + Path.of(String.valueOf(store.folder())).toAbsolutePath().normalize()
        : "postgresql://" + store.address();
  }
}
