package io.byteport.adapter.host.acme;

import static io.byteport.adapter.host.Station.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.host.HostAdapter;
import io.byteport.adapter.host.Station;
import io.byteport.adapter.host.tls.Issued;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs of the tests' own in the place of the clients. */
class RenewTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Issued OLD =
      Issued.until(Instant.parse("2026-11-25T00:00:00Z"), 0xA1, "api.example.com");
  private static final Issued NEW =
      Issued.until(Instant.parse("2027-02-19T00:00:00Z"), 0xB2, "api.example.com");
  private static final StructValue ORDER =
      with(
          "host",
          "web",
          "client",
          "certbot",
          "certName",
          "api",
          "challenge",
          "http-01",
          "force",
          true);

  @TempDir Path folder;
  private HostAdapter adapter;
  private Station station;

  @BeforeEach
  void open() throws IOException {
    adapter =
        new HostAdapter(
            new Inventory(
                List.of(
                    Inventory.Entry.of(
                        "host",
                        "web",
                        Map.of(
                            "local", "true",
                            "path", folder + "/bin:/usr/bin:/bin",
                            "certbotConfigDir", folder + "/le",
                            "certbotLogsDir", folder + "/logs",
                            "acmeShHome", folder + "/acme",
                            "acmeStaging", "https://staging.example.com/dir",
                            "acmeCaFile", "/etc/ssl/ca.pem")))));
    station = new Station(adapter, NOW);
    write("le/renewal/api.conf", "version = 2.1.0\n[renewalparams]\nauthenticator = webroot\n");
    write("le/live/api/cert.pem", OLD.pem());
    write("new.pem", NEW.pem());
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  @Test
  void a_renewal_is_seen_by_the_serial_on_disk() throws Exception {
    certbot(
        "cp '%s/new.pem' '%s/le/live/api/cert.pem'; echo Congratulations"
            .formatted(folder, folder));
    StructValue memo = station.prepare("acme.renew", ORDER);
    assertThat(station.probe("acme.renew", ORDER, memo)).isEqualTo(Action.Probe.NOT_DONE);
    Station.Done done = station.change("acme.renew", ORDER, memo);

    assertThat(done.changed()).isTrue();
    assertThat(done.output().get("serial")).isEqualTo(Value.of("B2"));
    assertThat(done.output().get("notAfter"))
        .isEqualTo(Value.of(Instant.parse("2027-02-19T00:00:00Z")));
    assertThat(done.output().get("output")).isEqualTo(Value.of("Congratulations"));
    assertThat(station.probe("acme.renew", ORDER, memo)).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(called())
        .containsExactly(
            "[renew][--cert-name][api][--non-interactive][--no-random-sleep-on-renew][--config-dir]["
                + folder
                + "/le][--logs-dir]["
                + folder
                + "/logs][--force-renewal] REQUESTS_CA_BUNDLE=/etc/ssl/ca.pem");
  }

  @Test
  void a_client_that_says_all_is_well_and_leaves_the_old_certificate_has_changed_nothing()
      throws Exception {
    certbot("echo 'No renewals were attempted.'");
    Station.Done done = station.change("acme.renew", ORDER);
    assertThat(done.changed()).isFalse();
    assertThat(done.output().get("serial")).isEqualTo(Value.of("A1"));
  }

  @Test
  void a_certificate_that_was_renewed_meanwhile_is_not_renewed_again() throws Exception {
    certbot("echo never");
    StructValue memo = station.prepare("acme.renew", ORDER);
    write("le/live/api/cert.pem", NEW.pem());
    ActionException failure =
        catchThrowableOfType(
            ActionException.class, () -> station.change("acme.renew", ORDER, memo));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(called()).isEmpty();
  }

  @Test
  void a_failure_that_left_the_certificate_alone_had_no_effect_and_is_quoted() throws Exception {
    certbot(
        "echo 'Domain: api.example.com'; printf '\\033[31mSome challenges have failed.\\n"
            + "' >&2; exit 1");
    ActionException failure =
        catchThrowableOfType(ActionException.class, () -> station.change("acme.renew", ORDER));

    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.effect()).isEqualTo(ActionException.Effect.NONE);
    assertThat(failure.reason())
        .isEqualTo(
            "`certbot` ended with status 1: Domain: api.example.com\nSome challenges have failed.");
  }

  @Test
  void a_failure_after_the_certificate_was_replaced_leaves_the_effect_open() throws Exception {
    certbot(
        "cp '%s/new.pem' '%s/le/live/api/cert.pem'; echo 'Hook failed' >&2; exit 1"
            .formatted(folder, folder));
    ActionException failure =
        catchThrowableOfType(ActionException.class, () -> station.change("acme.renew", ORDER));
    assertThat(failure.effect()).isEqualTo(ActionException.Effect.UNKNOWN);
    assertThat(failure.reason()).contains("Hook failed");
  }

  @Test
  void a_rate_limit_is_told_with_the_time_after_which_it_ends() throws Exception {
    certbot(
        "echo 'An unexpected error occurred:' >&2; echo 'too many certificates (5) already issued"
            + " for this exact set of domains in the last 168h0m0s, retry after 2026-11-23 08:30:00"
            + " UTC: see https://letsencrypt.org/docs/rate-limits/' >&2; exit 1");
    ActionException failure =
        catchThrowableOfType(ActionException.class, () -> station.change("acme.renew", ORDER));
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.reason())
        .startsWith(
            "the CA's rate limit is reached, try again after 2026-11-23T08:30:00Z: too many"
                + " certificates (5)");
  }

  @Test
  void a_rehearsal_goes_to_staging_and_may_be_repeated() throws Exception {
    certbot("echo 'all simulated renewals succeeded'");
    StructValue inputs =
        with("host", "web", "client", "certbot", "certName", "api", "challenge", "http-01");
    Station.Done done = station.change("acme.rehearse", inputs);

    assertThat(done.output().get("output")).isEqualTo(Value.of("all simulated renewals succeeded"));
    assertThat(called().getFirst())
        .contains("[--dry-run][--server][https://staging.example.com/dir]");
    assertThat(station.command("acme.rehearse", inputs))
        .startsWith("env", "REQUESTS_CA_BUNDLE=/etc/ssl/ca.pem", "certbot", "renew")
        .contains("--dry-run");
  }

  @Test
  void dns01_without_somebody_who_answers_is_refused_before_anything_runs() throws Exception {
    certbot("echo never");
    for (String client : List.of("certbot", "acme.sh")) {
      assertThatThrownBy(
              () ->
                  station.prepare(
                      "acme.renew",
                      with(
                          "host",
                          "web",
                          "client",
                          client,
                          "certName",
                          "api",
                          "challenge",
                          "dns-01",
                          "force",
                          false)))
          .hasMessageContaining("dns-01 needs somebody who answers it");
    }
    assertThat(called()).isEmpty();
  }

  @Test
  void a_provider_whose_plugin_is_not_installed_is_refused() throws Exception {
    certbot("printf '* standalone\\n* dns-cloudflare\\n'");
    assertThatThrownBy(() -> station.prepare("acme.renew", dns("route53")))
        .hasMessage("certbot on web has no plugin `dns-route53`");
    assertThat(station.prepare("acme.renew", dns("cloudflare")).get("serial"))
        .isEqualTo(Value.of("A1"));
    assertThat(station.command("acme.renew", dns("gcp"))).contains("--dns-google");
    assertThat(station.command("acme.renew", dns("azure")))
        .containsSequence("--authenticator", "dns-azure");
  }

  @Test
  void a_wildcard_is_never_renewed_over_http01() throws Exception {
    certbot("echo never");
    write(
        "le/live/api/cert.pem",
        Issued.until(Instant.parse("2026-11-25T00:00:00Z"), 7, "example.com", "*.example.com")
            .pem());
    assertThatThrownBy(() -> station.prepare("acme.renew", ORDER))
        .hasMessage("`*.example.com` is a wildcard, which is issued over dns-01 only");
  }

  @Test
  void what_is_kept_over_dns01_is_not_renewed_over_http01() throws Exception {
    certbot("echo never");
    write("le/renewal/api.conf", "[renewalparams]\nauthenticator = dns-route53\n");
    assertThatThrownBy(() -> station.prepare("acme.renew", ORDER))
        .hasMessageContaining("is kept over dns-01 (dns-route53)");
  }

  @Test
  void a_certificate_that_the_client_does_not_keep_is_not_found() throws Exception {
    certbot("echo never");
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () ->
                station.prepare(
                    "acme.renew",
                    with(
                        "host",
                        "web",
                        "client",
                        "certbot",
                        "certName",
                        "other",
                        "challenge",
                        "http-01",
                        "force",
                        false)));
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure.reason()).startsWith("certbot keeps no certificate `other` on web");
  }

  @Test
  void a_name_is_a_name_and_neither_an_option_nor_a_path() throws Exception {
    certbot("echo never");
    for (String name :
        List.of("--config-dir=/tmp", "../../etc", "a/b", "a b", "a\nb", "a..b", "")) {
      assertThatThrownBy(
              () ->
                  station.prepare(
                      "acme.renew",
                      with(
                          "host",
                          "web",
                          "client",
                          "certbot",
                          "certName",
                          name,
                          "challenge",
                          "http-01",
                          "force",
                          false)))
          .isInstanceOf(ActionException.class)
          .hasMessageContaining("expected the name of a certificate");
    }
    assertThat(called()).isEmpty();
  }

  @Test
  void acme_sh_renews_what_it_keeps_and_nothing_is_due_is_no_failure() throws Exception {
    acmeSh("exit 2");
    StructValue inputs =
        with(
            "host",
            "web",
            "client",
            "acme.sh",
            "certName",
            "api.example.com",
            "challenge",
            "http-01",
            "force",
            false);
    Station.Done done = station.change("acme.renew", inputs);

    assertThat(done.changed()).isFalse();
    assertThat(called().getFirst())
        .startsWith("[--renew][-d][api.example.com][--home][" + folder + "/acme]");
  }

  @Test
  void acme_sh_lives_in_the_home_of_the_user_unless_the_machine_says_otherwise() throws Exception {
    String home = System.getProperty("user.home");
    try (HostAdapter plain =
        new HostAdapter(
            new Inventory(List.of(Inventory.Entry.of("host", "web", Map.of("local", "true")))))) {
      Station other = new Station(plain, NOW);
      StructValue inputs =
          with(
              "host",
              "web",
              "client",
              "acme.sh",
              "certName",
              "nobody.example.com",
              "challenge",
              "http-01",
              "force",
              true);
      assertThatThrownBy(() -> other.prepare("acme.renew", inputs))
          .hasMessageContaining(home + "/.acme.sh/nobody.example.com");
      assertThat(other.command("acme.renew", inputs))
          .containsExactly("acme.sh", "--renew", "-d", "nobody.example.com", "--force");
    }
  }

  @Test
  void acme_sh_rehearses_into_a_directory_of_its_own() throws Exception {
    acmeSh("echo ok");
    StructValue inputs =
        with(
            "host",
            "web",
            "client",
            "acme.sh",
            "certName",
            "api.example.com",
            "challenge",
            "http-01");
    station.change("acme.rehearse", inputs);
    assertThat(called().getFirst())
        .contains("[--staging]")
        .contains("[--cert-home][" + folder + "/acme/byteport-rehearsal]")
        .contains("[-d][www.example.com][-w][/var/www/html]");
  }

  @Test
  void acme_sh_is_not_asked_for_a_challenge_that_it_would_ignore() throws Exception {
    acmeSh("echo never");
    assertThatThrownBy(
            () ->
                station.prepare(
                    "acme.renew",
                    with(
                        "host",
                        "web",
                        "client",
                        "acme.sh",
                        "certName",
                        "api.example.com",
                        "challenge",
                        "dns-01",
                        "dnsProvider",
                        "route53",
                        "force",
                        false)))
        .hasMessageContaining("acme.sh renews `api.example.com` with `/var/www/html`");
  }

  @Test
  void the_newest_rate_limit_is_read_from_the_logs_as_long_as_it_holds() throws Exception {
    StructValue inputs = with("host", "web", "client", "certbot");
    assertThatThrownBy(() -> station.read("acme.rateLimit", inputs))
        .hasMessageContaining("there is no log of the client");
    write("logs/letsencrypt.log", "all is well\n");
    assertThat(station.read("acme.rateLimit", inputs)).isNull();
    write(
        "logs/letsencrypt.log.1",
        "x\nurn:ietf:params:acme:error:rateLimited :: too many new orders, retry after"
            + " 2026-11-21T18:00:00Z\n");
    assertThat(station.read("acme.rateLimit", inputs).get("until"))
        .isEqualTo(Value.of(Instant.parse("2026-11-21T18:00:00Z")));
    write(
        "logs/letsencrypt.log.1",
        "urn:ietf:params:acme:error:rateLimited :: retry after 2026-11-20 18:00:00 UTC\n");
    assertThat(station.read("acme.rateLimit", inputs)).isNull();
  }

  private static StructValue dns(String provider) {
    return with(
        "host",
        "web",
        "client",
        "certbot",
        "certName",
        "api",
        "challenge",
        "dns-01",
        "dnsProvider",
        provider,
        "force",
        false);
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void certbot(String body) throws IOException {
    program("bin/certbot", body);
  }

  private void acmeSh(String body) throws IOException {
    program("acme/acme.sh", body);
    write(
        "acme/api.example.com_ecc/api.example.com.conf",
        "Le_Domain='api.example.com'\nLe_Alt='www.example.com'\nLe_Webroot='/var/www/html'\n");
    write("acme/api.example.com_ecc/api.example.com.cer", OLD.pem());
  }

  /** Notes its arguments, except where it is asked for its plugins, and does as told. */
  private void program(String path, String body) throws IOException {
    write(
        path,
        """
        #!/bin/sh
        if [ "$1" != plugins ]; then
          { printf '[%%s]' "$@"; env | grep REQUESTS_CA | sed 's/^/ /'; echo; } >> '%s/called'
        fi
        %s
        """
            .formatted(folder, body));
    Files.setPosixFilePermissions(
        folder.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> called() throws IOException {
    Path calls = folder.resolve("called");
    return Files.exists(calls)
        ? Files.readAllLines(calls).stream().filter(line -> !line.isBlank()).toList()
        : List.of();
  }
}
