package io.byteport.adapter.host.acme;

/** Who answers dns-01 challenges. */
enum DnsProvider {
  ROUTE53("route53", "dns_aws"),
  CLOUDFLARE("cloudflare", "dns_cf"),
  GOOGLE("google", "dns_gcloud"),
  /** Another name for Google. */
  GCP("google", "dns_gcloud");

  private final String certbot;
  private final String acmeSh;

  DnsProvider(String certbot, String acmeSh) {
    this.certbot = certbot;
    this.acmeSh = acmeSh;
  }

  /** The plugin of certbot, without the {@code dns-} before it. */
  String certbot() {
    return certbot;
  }

  /** The hook of acme.sh. */
  String acmeSh() {
    return acmeSh;
  }
}
