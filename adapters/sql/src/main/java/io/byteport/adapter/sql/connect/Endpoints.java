package io.byteport.adapter.sql.connect;

import io.byteport.adapter.sql.model.Database;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.Engine;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The databases of the inventory: entries of the kind {@code database}. No I/O. Safe for several
 * threads.
 */
public final class Endpoints {
  private static final String KIND = "database";

  /** How far an entry's {@code replicaOf} is followed. */
  private static final int DEEPEST = 4;

  private final Inventory inventory;

  public Endpoints(Inventory inventory) {
    this.inventory = inventory;
  }

  /**
   * The server of an entry.
   *
   * @throws ActionException if there is no such entry, or it says too little
   */
  public Endpoint of(DatabaseRef database) throws ActionException {
    Optional<Entry> entry = inventory.find(KIND, database.name());
    if (entry.isEmpty()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          "there is no database `" + database.name() + "` in the inventory; it has " + names());
    }
    return Endpoint.of(entry.get());
  }

  private String names() {
    List<String> names = inventory.of(KIND).stream().map(Entry::name).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /**
   * The console of the PgBouncer in front of a database; an entry of that type is its own.
   *
   * @return null where the database has none
   * @throws ActionException also if its pooler is no PgBouncer
   */
  public @Nullable Endpoint pooler(DatabaseRef database) throws ActionException {
    Endpoint endpoint = of(database);
    if (endpoint.product() == Product.PGBOUNCER) {
      return endpoint;
    }
    Optional<String> name = endpoint.entry().text("pooler");
    if (name.isEmpty()) {
      return null;
    }
    Endpoint pooler = of(new DatabaseRef(name.get()));
    if (pooler.product() != Product.PGBOUNCER) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "expected the pooler `"
              + name.get()
              + "` of `"
              + database.name()
              + "` to be of the type pgbouncer, found "
              + pooler.product().word());
    }
    return pooler;
  }

  /** The entry of that name or alias, as runbooks see it; null where there is none. */
  public @Nullable Database known(String name) throws ActionException {
    Optional<Entry> entry = inventory.find(KIND, name);
    return entry.isEmpty() ? null : database(entry.get(), 0);
  }

  private Database database(Entry entry, int depth) throws ActionException {
    Endpoint endpoint = Endpoint.of(entry);
    Optional<Entry> primary =
        entry
            .text("replicaOf")
            .filter(name -> depth < DEEPEST)
            .flatMap(name -> inventory.find(KIND, name));
    return new Database(
        entry.name(),
        engine(endpoint.product()),
        endpoint.address().server(),
        endpoint.address().dbname(),
        entry.text("pooler").orElse(null),
        primary.isEmpty() ? null : database(primary.get(), depth + 1),
        entry.labels(),
        entry.annotations());
  }

  private static Engine engine(Product product) {
    return switch (product) {
      case POSTGRES, PGBOUNCER -> Engine.POSTGRES;
      case MYSQL, MARIADB -> Engine.MYSQL;
      case MONGODB -> Engine.MONGODB;
    };
  }
}
