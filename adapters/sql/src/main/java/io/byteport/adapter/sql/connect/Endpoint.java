package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory.Entry;

/** One server of the inventory: where it is, what it speaks, how it is protected. */
public record Endpoint(Entry entry, Product product, Address address, Tls tls) {

  /** As we call ourselves to every server. */
  public static final String APPLICATION = "byteport";

  static Endpoint of(Entry entry) throws ActionException {
    Product product = Product.of(entry);
    return new Endpoint(entry, product, Address.of(entry, product.port()), Tls.of(entry));
  }

  /** Who we are to it, as the credentials are now. */
  public Login login() throws ActionException {
    return Login.of(entry);
  }

  /** For messages: {@code appdb at pg-prod-01:5432}. */
  @Override
  public String toString() {
    return entry.name() + " at " + address.server();
  }
}
