package io.byteport.adapter.host.acme;

import io.byteport.adapter.host.machine.Command;
import io.byteport.adapter.host.machine.Finished;
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
 * certbot. Settings of the machine: {@code certbotConfigDir} (else /etc/letsencrypt), {@code
 * certbotWorkDir} (else /var/lib/letsencrypt), {@code certbotLogsDir} (else /var/log/letsencrypt),
 * {@code acmeCaFile} (a PEM file of that machine with the roots of the CA's server) and {@code
 * acmeStaging} (the directory that rehearsals go to, else Let's Encrypt's: certbot takes that one
 * for the certificates of every CA).
 */
final class Certbot implements AcmeProgram {
  private static final int LARGEST = 256 * 1024;
  private static final Pattern AUTHENTICATOR =
      Pattern.compile("(?m)^authenticator\\s*=\\s*(\\S+)\\s*$");

  @Override
  public List<String> shownRenewal(Order order, Inventory.Entry machine) {
    List<String> words = renew(order, machine);
    if (order.force()) {
      words.add("--force-renewal");
    }
    return words;
  }

  @Override
  public List<String> renewal(Order order, Visit visit) {
    return shownRenewal(order, visit.entry());
  }

  @Override
  public List<String> shownRehearsal(Order order, Inventory.Entry machine) {
    List<String> words = renew(order, machine);
    words.add("--dry-run");
    machine.text("acmeStaging").ifPresent(address -> words.addAll(List.of("--server", address)));
    return words;
  }

  @Override
  public List<String> rehearsal(Order order, Lineage lineage, Visit visit) {
    return shownRehearsal(order, visit.entry());
  }

  private static List<String> renew(Order order, Inventory.Entry machine) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "certbot",
                "renew",
                "--cert-name",
                order.certName(),
                "--non-interactive",
                "--no-random-sleep-on-renew"));
    folder(words, "--config-dir", machine.text("certbotConfigDir"));
    folder(words, "--work-dir", machine.text("certbotWorkDir"));
    folder(words, "--logs-dir", machine.text("certbotLogsDir"));
    if (order.challenge() == Challenge.DNS_01 && order.dnsProvider() != null) {
      words.addAll(order.dnsProvider().options());
    }
    return words;
  }

  private static void folder(List<String> words, String option, Optional<String> folder) {
    folder.ifPresent(path -> words.addAll(List.of(option, path)));
  }

  @Override
  public Map<String, String> environment(Inventory.Entry machine) {
    return machine
        .text("acmeCaFile")
        .map(roots -> Map.of("REQUESTS_CA_BUNDLE", roots))
        .orElse(Map.of());
  }

  @Override
  public Lineage lineage(Order order, Visit visit) throws ActionException, InterruptedException {
    MachineFiles files = new MachineFiles(visit);
    String folder = visit.entry().text("certbotConfigDir").orElse("/etc/letsencrypt");
    String conf = folder + "/renewal/" + order.certName() + ".conf";
    try {
      Matcher authenticator =
          AUTHENTICATOR.matcher(new String(files.read(conf, LARGEST), StandardCharsets.UTF_8));
      List<X509Certificate> chain =
          Certificates.read(
              files.read(folder + "/live/" + order.certName() + "/cert.pem", LARGEST));
      if (chain.isEmpty()) {
        throw ActionException.refused(
            FailureKind.NOT_FOUND,
            "there is no certificate in what certbot keeps as `" + order.certName() + "`");
      }
      return new Lineage(
          chain.getFirst(),
          authenticator.find() ? authenticator.group(1) : "",
          Certificates.names(chain.getFirst()));
    } catch (ActionException e) {
      throw e.kind() == FailureKind.NOT_FOUND
          ? ActionException.refused(
              FailureKind.NOT_FOUND,
              "certbot keeps no certificate `"
                  + order.certName()
                  + "` on "
                  + visit.entry().name()
                  + ": "
                  + e.reason())
          : e;
    }
  }

  /** certbot says nothing of a missing plugin before it has begun. */
  @Override
  public void able(Order order, Lineage lineage, Visit visit)
      throws ActionException, InterruptedException {
    if (order.challenge() != Challenge.DNS_01 || order.dnsProvider() == null) {
      return;
    }
    String plugin = order.dnsProvider().plugin();
    Finished plugins = visit.run(Command.of("certbot", "plugins", "--non-interactive")).orFail();
    if (!Pattern.compile("(?m)^\\* " + plugin + "$").matcher(plugins.stdout().text()).find()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          "certbot on " + visit.entry().name() + " has no plugin `" + plugin + "`");
    }
  }

  @Override
  public boolean isNotDue(int exitCode) {
    return false; // its status is 0 then
  }

  @Override
  public String shownLog(Inventory.Entry machine) {
    return machine.text("certbotLogsDir").orElse("/var/log/letsencrypt") + "/letsencrypt.log";
  }

  @Override
  public List<String> logs(Visit visit) {
    String log = shownLog(visit.entry());
    List<String> logs = new ArrayList<>(List.of(log));
    for (int i = 1; i <= 9; i++) {
      logs.add(log + "." + i);
    }
    return logs;
  }
}
