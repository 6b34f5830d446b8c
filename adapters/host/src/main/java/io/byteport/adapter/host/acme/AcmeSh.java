package io.byteport.adapter.host.acme;

import io.byteport.adapter.host.machine.Command;
import io.byteport.adapter.host.machine.MachineFiles;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.tls.Certificates;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * acme.sh. Settings of the machine: {@code acmeShHome} (else .acme.sh in the home of the user that
 * programs run as) and {@code acmeCaFile} (a PEM file of that machine with the roots of the CA's
 * server). It renews over the challenge that a certificate was issued with; another one is refused,
 * since it would ignore it.
 */
final class AcmeSh implements AcmeProgram {
  private static final int LARGEST = 256 * 1024;
  private static final int NOT_DUE = 2;
  private static final String HOME = "acmeShHome";

  /** Without the setting as a person calls it, by the alias that its installer makes. */
  @Override
  public List<String> shownRenewal(Order order, Inventory.Entry machine) {
    return machine
        .text(HOME)
        .map(home -> renewal(order, home))
        .orElseGet(() -> forced(order, "acme.sh", "--renew", "-d", order.certName()));
  }

  @Override
  public List<String> renewal(Order order, Visit visit)
      throws ActionException, InterruptedException {
    return renewal(order, home(visit));
  }

  private static List<String> renewal(Order order, String home) {
    return forced(order, home + "/acme.sh", "--renew", "-d", order.certName(), "--home", home);
  }

  private static List<String> forced(Order order, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (order.force()) {
      all.add("--force");
    }
    return all;
  }

  @Override
  public List<String> shownRehearsal(Order order, Inventory.Entry machine) {
    return machine
        .text(HOME)
        .map(home -> rehearsal(order, home))
        .orElseGet(
            () -> List.of("acme.sh", "--issue", "--staging", "--force", "-d", order.certName()));
  }

  private static List<String> rehearsal(Order order, String home) {
    return List.of(
        home + "/acme.sh",
        "--issue",
        "--staging",
        "--force",
        "-d",
        order.certName(),
        "--home",
        home,
        "--cert-home",
        home + "/byteport-rehearsal");
  }

  @Override
  public Map<String, String> environment(Inventory.Entry machine) {
    return machine
        .text("acmeCaFile")
        .map(roots -> Map.of("CURL_CA_BUNDLE", roots))
        .orElse(Map.of());
  }

  /** Into a directory of its own: what it issues would else take the place of the real one. */
  @Override
  public List<String> rehearsal(Order order, Lineage lineage, Visit visit)
      throws ActionException, InterruptedException {
    List<String> words = new ArrayList<>(rehearsal(order, home(visit)));
    for (String name : lineage.names()) {
      if (!name.equals(order.certName())) {
        words.addAll(List.of("-d", name));
      }
    }
    String how = lineage.authenticator();
    if (lineage.overDns()) {
      words.addAll(List.of("--dns", how));
    } else if (how.startsWith("/")) {
      words.addAll(List.of("-w", how));
    } else if (how.equals("no")) {
      words.add("--standalone");
    } else {
      throw Order.invalid(
          "`"
              + order.certName()
              + "` was issued with `"
              + Said.line(how)
              + "`, which cannot be rehearsed");
    }
    return words;
  }

  @Override
  public Lineage lineage(Order order, Visit visit) throws ActionException, InterruptedException {
    MachineFiles files = new MachineFiles(visit);
    String home = home(visit);
    ActionException missing = null;
    for (String suffix : List.of("_ecc", "")) {
      String folder = home + "/" + order.certName() + suffix + "/" + order.certName();
      try {
        String conf = new String(files.read(folder + ".conf", LARGEST), StandardCharsets.UTF_8);
        List<X509Certificate> chain = Certificates.read(files.read(folder + ".cer", LARGEST));
        if (!chain.isEmpty()) {
          return new Lineage(
              chain.getFirst(), setting(conf, "Le_Webroot").orElse(""), names(order, conf));
        }
      } catch (ActionException e) {
        if (e.kind() != FailureKind.NOT_FOUND) {
          throw e;
        }
        missing = e;
      }
    }
    throw ActionException.refused(
        FailureKind.NOT_FOUND,
        "acme.sh keeps no certificate `"
            + order.certName()
            + "` on "
            + visit.entry().name()
            + (missing == null ? "" : ": " + missing.reason()));
  }

  private static List<String> names(Order order, String conf) {
    List<String> names = new ArrayList<>(List.of(order.certName()));
    String others = setting(conf, "Le_Alt").orElse("no");
    if (!others.equals("no")) {
      for (String other : others.split(",", -1)) {
        if (!other.isBlank()) {
          names.add(other.strip());
        }
      }
    }
    return names;
  }

  private static Optional<String> setting(String conf, String name) {
    Matcher line = Pattern.compile("(?m)^" + name + "='(.*)'$").matcher(conf);
    return line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }

  @Override
  public void able(Order order, Lineage lineage, Visit visit)
      throws ActionException, InterruptedException {
    visit.run(Command.of("test", "-x", home(visit) + "/acme.sh")).orFail();
    if (order.challenge() == Challenge.DNS_01
        && order.dnsProvider() != null
        && !lineage.authenticator().equals(order.dnsProvider().acmeSh())) {
      throw Order.invalid(
          "acme.sh renews `"
              + order.certName()
              + "` with `"
              + Said.line(lineage.authenticator())
              + "`, as it was issued, and not with `"
              + order.dnsProvider().acmeSh()
              + "`");
    }
  }

  @Override
  public boolean isNotDue(int exitCode) {
    return exitCode == NOT_DUE;
  }

  @Override
  public String shownLog(Inventory.Entry machine) {
    return machine.text(HOME).orElse("~/.acme.sh") + "/acme.sh.log";
  }

  @Override
  public List<String> logs(Visit visit) throws ActionException, InterruptedException {
    return List.of(home(visit) + "/acme.sh.log");
  }

  /** Of the user that programs run as over there, unless the machine's entry says otherwise. */
  private static String home(Visit visit) throws ActionException, InterruptedException {
    Optional<String> set = visit.entry().text(HOME);
    return set.isPresent() ? set.get() : visit.text("printenv", "HOME").strip() + "/.acme.sh";
  }
}
