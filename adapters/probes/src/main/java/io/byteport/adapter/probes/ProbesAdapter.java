package io.byteport.adapter.probes;

import io.byteport.adapter.probes.dns.DnsLookup;
import io.byteport.adapter.probes.dns.DnsSoa;
import io.byteport.adapter.probes.http.HttpGet;
import io.byteport.adapter.probes.http.Web;
import io.byteport.adapter.probes.prometheus.PrometheusCompare;
import io.byteport.adapter.probes.prometheus.PrometheusQuery;
import io.byteport.adapter.probes.prometheus.PrometheusRange;
import io.byteport.adapter.probes.prometheus.PrometheusSamples;
import io.byteport.adapter.probes.prometheus.PrometheusServers;
import io.byteport.adapter.probes.tls.TlsCertificates;
import io.byteport.adapter.probes.tls.TlsProbe;
import io.byteport.adapter.probes.tls.TrustRoots;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.WatchSource;
import java.util.List;

/** The probes. */
public final class ProbesAdapter implements Adapter {
  private final Web web;
  private final List<Action<?, ?>> actions;

  /**
   * Probes for an empty inventory.
   *
   * @param dialer how addresses are tried; another than {@link TcpDialer#network()} where the
   *     network is not a real one
   */
  public ProbesAdapter(TcpDialer dialer) {
    this(Inventory.EMPTY, dialer, TrustRoots.system());
  }

  /**
   * @param publicRoots the certificates that count as publicly trusted
   */
  public ProbesAdapter(Inventory inventory, TcpDialer dialer, TrustRoots publicRoots) {
    this.web = new Web(publicRoots);
    PrometheusServers servers = new PrometheusServers(inventory, web);
    this.actions =
        List.of(
            new TcpCheck(dialer),
            new TlsProbe(publicRoots),
            new TlsCertificates(inventory, publicRoots),
            new DnsSoa(),
            new DnsLookup(),
            new HttpGet(inventory, web),
            new PrometheusQuery(servers),
            new PrometheusSamples(servers),
            new PrometheusRange(servers),
            new PrometheusCompare(servers));
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
    web.close();
  }
}
