package io.byteport.adapter.probes;

import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.WatchSource;
import java.util.List;

/** The families of probes: {@code tcp}. Keeps no connection. */
public final class ProbesAdapter implements Adapter {
  private final List<Action<?, ?>> actions;

  /**
   * @param dialer how connections are tried
   */
  public ProbesAdapter(TcpDialer dialer) {
    actions = List.of(new CheckTcp(dialer));
  }

  /** Probes the real network. */
  public ProbesAdapter() {
    this(new SocketDialer());
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
  public void close() {}
}
