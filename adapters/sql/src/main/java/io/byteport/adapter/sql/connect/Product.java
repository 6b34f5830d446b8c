package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;

/** What an entry of the inventory speaks, by its type. */
public enum Product {
  POSTGRES("postgres", 5432),
  MYSQL("mysql", 3306),
  MARIADB("mariadb", 3306),
  MONGODB("mongodb", 27017),
  PGBOUNCER("pgbouncer", 6432);

  private final String word;
  private final int port;

  Product(String word, int port) {
    this.word = word;
    this.port = port;
  }

  /** The type of such entries. */
  public String word() {
    return word;
  }

  /** Where it listens unless the entry says otherwise. */
  int port() {
    return port;
  }

  /**
   * @throws ActionException if the type is none of these
   */
  static Product of(Entry entry) throws ActionException {
    for (Product product : values()) {
      if (product.word.equals(entry.type())) {
        return product;
      }
    }
    throw ActionException.refused(
        FailureKind.INVALID,
        "expected `"
            + entry.name()
            + "` to be of the type postgres, mysql, mariadb, mongodb or pgbouncer, found `"
            + entry.type()
            + "`");
  }
}
