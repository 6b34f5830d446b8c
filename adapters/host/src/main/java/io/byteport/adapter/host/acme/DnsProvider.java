package io.byteport.adapter.host.acme;

import java.util.List;

/** Who answers dns-01 challenges. */
enum DnsProvider {
  ROUTE53("dns-route53", "dns_aws"),
  CLOUDFLARE("dns-cloudflare", "dns_cf"),
  GOOGLE("dns-google", "dns_gcloud"),
  /** Another name for Google. */
  GCP("dns-google", "dns_gcloud"),
  /** Its plugin is not one of certbot's own, so that no option has its name. */
  AZURE("dns-azure", "dns_azure");

  private final String plugin;
  private final String acmeSh;

  DnsProvider(String plugin, String acmeSh) {
    this.plugin = plugin;
    this.acmeSh = acmeSh;
  }

  /** The plugin of certbot. */
  String plugin() {
    return plugin;
  }

  /** The options of certbot that choose it. */
  List<String> options() {
    return this == AZURE ? List.of("--authenticator", plugin) : List.of("--" + plugin);
  }

  /** The hook of acme.sh. */
  String acmeSh() {
    return acmeSh;
  }
}
