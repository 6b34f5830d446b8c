package io.byteport.sim.host.system;

import io.byteport.sim.host.authority.Authority;
import io.byteport.sim.host.authority.Issued;
import io.byteport.sim.host.authority.Pem;
import io.byteport.sim.host.scenario.Scenario.CertificateSpec;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Certificates as certbot keeps them: numbered files in {@code archive}, links to the newest in
 * {@code live}, a configuration in {@code renewal}; and what a web server has read of the first of
 * them. Mutable; guarded by the machine.
 */
public final class Lineages {
  /** Where certbot keeps them. */
  public static final String FOLDER = "/etc/letsencrypt";

  private static final Duration LIFETIME = Duration.ofDays(90);
  private static final Duration DUE = Duration.ofDays(30);
  private static final List<String> PARTS = List.of("cert", "chain", "fullchain", "privkey");

  private final List<CertificateSpec> specs;
  private final Files files;
  private final InstantSource clock;
  private final Optional<Authority> authority;
  private @Nullable Served served;

  /**
   * What a web server shows.
   *
   * @param chain its own certificate first
   */
  public record Served(List<X509Certificate> chain, PrivateKey key) {
    public Served {
      chain = List.copyOf(chain);
    }
  }

  Lineages(List<CertificateSpec> specs, Files files, InstantSource clock) {
    this.specs = specs;
    this.files = files;
    this.clock = clock;
    this.authority =
        specs.isEmpty() ? Optional.empty() : Optional.of(new Authority(clock.instant()));
    Instant now = clock.instant();
    for (CertificateSpec spec : specs) {
      files.write(
          conf(spec.name()),
          "[renewalparams]\nauthenticator = webroot\n".getBytes(StandardCharsets.UTF_8),
          "644");
      keep(
          spec.name(),
          authority().issue(spec.domains(), now.minus(spec.age()), now.plus(spec.left())));
    }
    reload();
  }

  private static String conf(String name) {
    return FOLDER + "/renewal/" + name + ".conf";
  }

  private static String live(String name, String part) {
    return FOLDER + "/live/" + name + "/" + part + ".pem";
  }

  private Authority authority() {
    return authority.orElseThrow();
  }

  /** Where the chains end; empty where there are none. */
  public Optional<X509Certificate> root() {
    return authority.map(Authority::root);
  }

  /** Whether certbot keeps one of that name. */
  public boolean has(String name) {
    return files.at(conf(name)).isPresent();
  }

  /** Whether less than thirty days are left, or nothing can be read that has an end. */
  public boolean isDue(String name) {
    return current(name)
        .map(own -> own.getNotAfter().toInstant().isBefore(clock.instant().plus(DUE)))
        .orElse(true);
  }

  /** What certbot says where the authority issues nothing more for it; empty if it does. */
  public Optional<String> refused(String name) {
    return spec(name).flatMap(CertificateSpec::refused);
  }

  private Optional<CertificateSpec> spec(String name) {
    return specs.stream().filter(spec -> spec.name().equals(name)).findFirst();
  }

  private Optional<X509Certificate> current(String name) {
    return Pem.certificates(text(live(name, "cert"))).stream().findFirst();
  }

  /**
   * Issues one anew, for ninety days, and turns the links.
   *
   * @param name of one that is kept
   * @return its end
   */
  public Instant renew(String name) {
    List<String> domains = spec(name).map(CertificateSpec::domains).orElse(List.of(name));
    Instant now = clock.instant();
    keep(name, authority().issue(domains, now, now.plus(LIFETIME)));
    return now.plus(LIFETIME);
  }

  private void keep(String name, Issued issued) {
    String archive = FOLDER + "/archive/" + name + "/";
    int number = 1;
    while (files.at(archive + "cert" + number + ".pem").isPresent()) {
      number++;
    }
    String chain = authority().intermediate().pem();
    for (String part : PARTS) {
      String text =
          switch (part) {
            case "cert" -> issued.pem();
            case "chain" -> chain;
            case "fullchain" -> issued.pem() + chain;
            default -> issued.keyPem();
          };
      String file = part + number + ".pem";
      files.write(
          archive + file,
          text.getBytes(StandardCharsets.UTF_8),
          part.equals("privkey") ? "600" : "644");
      files.link(live(name, part), "../../archive/" + name + "/" + file);
    }
  }

  /**
   * Reads what lies on disk, as a web server does when it is told to.
   *
   * @return whether there is something to serve; if not, what was served stays
   */
  public boolean reload() {
    if (specs.isEmpty()) {
      return false;
    }
    String name = specs.getFirst().name();
    List<X509Certificate> chain = Pem.certificates(text(live(name, "fullchain")));
    Optional<PrivateKey> key = Pem.key(text(live(name, "privkey")));
    if (chain.isEmpty()
        || key.isEmpty()
        || !Pem.belongs(key.get(), chain.getFirst().getPublicKey())) {
      return false;
    }
    served = new Served(chain, key.get());
    return true;
  }

  /** What was read last; empty where nothing ever was. */
  public Optional<Served> served() {
    return Optional.ofNullable(served);
  }

  private String text(String path) {
    try {
      return files.behind(path).text(clock.instant());
    } catch (NoSuchFile e) {
      return "";
    }
  }
}
