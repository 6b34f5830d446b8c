package io.byteport.adapter.probes;

import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.WatchSource;
import java.util.List;

/** The probes. Holds no connections. */
public final class ProbesAdapter implements Adapter {
  private final List<Action<?, ?>> actions;

  /**
   * @param dialer how addresses are tried; another than {@link TcpDialer#network()} where the
   *     network is not a real one
   */
  public ProbesAdapter(TcpDialer dialer) {
    this.actions = List.of(new TcpCheck(dialer));
  }

  @Override
  public List<Action<?, ?>> actions() {
    return actions;
  }

  @Override
  public List<WatchSource> watches() {
    return List.of();
  }

  @Override
  public void close() {
    // nothing is open
  }
}
