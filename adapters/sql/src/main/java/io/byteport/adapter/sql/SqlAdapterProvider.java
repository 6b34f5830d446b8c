package io.byteport.adapter.sql;

import io.byteport.adapter.sql.connect.Pause;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.AdapterProvider;
import io.byteport.engine.spi.Inventory;

/** Makes the adapter for the databases of the inventory. */
public final class SqlAdapterProvider implements AdapterProvider {
  @Override
  public Adapter create(Inventory inventory) {
    return new SqlAdapter(inventory, Pause.real());
  }
}
