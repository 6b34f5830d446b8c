package io.byteport.sim.host.program;

import io.byteport.sim.host.authority.Pem;
import io.byteport.sim.host.system.Files;
import io.byteport.sim.host.system.Inode.Kind;
import io.byteport.sim.host.system.Insides;
import io.byteport.sim.host.system.Lineages;
import io.byteport.sim.host.system.NoSuchFile;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** certbot and nginx as far as they are asked, and the scripts that look for certificates. */
final class CertificatePrograms {
  private static final Pattern LIMIT =
      Pattern.compile(
          "rate ?limit|too many (certificates|new orders|failed)", Pattern.CASE_INSENSITIVE);
  private static final int DEEPEST = 6;

  private CertificatePrograms() {}

  static Map<String, Program> all() {
    return Map.of(
        "certbot", CertificatePrograms::certbot,
        "nginx", CertificatePrograms::nginx,
        "byteport-certificates", CertificatePrograms::certificates,
        "byteport-key", CertificatePrograms::key,
        "byteport-acme-domain", call -> Reply.SILENT,
        "byteport-acme-logs", CertificatePrograms::logs,
        "byteport-acme-running", call -> Reply.status(1));
  }

  private static Reply certbot(Call call) {
    List<String> words = call.arguments();
    int named = words.indexOf("--cert-name");
    if (!call.argument(0).equals("renew") || named < 0 || named + 1 >= words.size()) {
      return Reply.fails(2, "certbot: error: only `renew --cert-name NAME` is known here");
    }
    String name = words.get(named + 1);
    Lineages lineages = call.machine().lineages();
    if (!lineages.has(name)) {
      return Reply.fails(
          1,
          "No certificate found with name "
              + name
              + " (expected "
              + Lineages.FOLDER
              + "/renewal/"
              + name
              + ".conf).");
    }
    boolean rehearses = words.contains("--dry-run");
    if (!rehearses && !lineages.isDue(name) && !words.contains("--force-renewal")) {
      return Reply.prints("Certificate not yet due for renewal\n");
    }
    Optional<String> refused = lineages.refused(name);
    if (refused.isPresent()) {
      return Reply.fails(1, refused.get());
    }
    if (rehearses) {
      return Reply.prints("The dry run was successful.\n");
    }
    return Reply.prints(
        "Renewed the certificate " + name + ", which ends at " + lineages.renew(name) + "\n");
  }

  private static Reply nginx(Call call) {
    if (!call.arguments().equals(List.of("-s", "reload"))) {
      return Reply.fails(1, "nginx: only `-s reload` is known here");
    }
    Insides machine = call.machine();
    if (machine.tasks().all().stream().noneMatch(task -> task.spec().name().equals("nginx"))) {
      return Reply.fails(1, "nginx: [error] invalid PID number \"\" in \"/run/nginx.pid\"");
    }
    if (!machine.lineages().reload()) {
      return Reply.fails(1, "nginx: [emerg] cannot load certificate or key");
    }
    machine.changes().add("reloaded nginx");
    return Reply.SILENT;
  }

  /** Arguments: roots. Each file's name and its certificates. */
  private static Reply certificates(Call call) throws NoSuchFile {
    Files files = call.machine().files();
    TreeSet<String> found = new TreeSet<>();
    for (String root : call.arguments()) {
      if (files.at(root).isEmpty()) {
        continue;
      }
      files.below(root).stream()
          .filter(path -> path.matches(".*\\.(pem|crt|cer|cert)"))
          .filter(path -> path.substring(root.length()).split("/", -1).length <= DEEPEST + 1)
          .forEach(found::add);
    }
    List<String> parts = new ArrayList<>();
    for (String path : found) {
      String blocks = Pem.blocks(text(path, call.machine()));
      if (!blocks.isEmpty()) {
        parts.add(path);
        parts.add(blocks);
      }
    }
    return Reply.nulSeparated(parts);
  }

  /** Arguments: a folder with a slash at its end, further files; on stdin a public key. */
  private static Reply key(Call call) {
    String input = new String(call.stdin().get(), StandardCharsets.US_ASCII);
    Optional<PublicKey> wanted = Pem.publicKey(input);
    List<String> candidates = new ArrayList<>(call.arguments().subList(1, call.arguments().size()));
    String folder = call.argument(0);
    call.machine().files().below(folder.substring(0, folder.length() - 1)).stream()
        .filter(path -> path.indexOf('/', folder.length()) < 0)
        .forEach(candidates::add);
    for (String path : candidates) {
      Optional<PrivateKey> key = Pem.key(text(path, call.machine()));
      if (wanted.isPresent() && key.isPresent() && Pem.belongs(key.get(), wanted.get())) {
        return Reply.prints(path);
      }
    }
    return Reply.SILENT;
  }

  /** Arguments: logs, newest first. The first that mentions a limit. */
  private static Reply logs(Call call) {
    Insides machine = call.machine();
    boolean seen = false;
    for (String path : call.arguments()) {
      if (machine.files().at(path).isEmpty()) {
        continue;
      }
      seen = true;
      String text = text(path, machine);
      if (LIMIT.matcher(text).find()) {
        long seconds = machine.files().at(path).get().modifiedAt(machine.now()).getEpochSecond();
        return Reply.nulSeparated(List.of(seconds + "\n", text));
      }
    }
    return Reply.status(seen ? 0 : 1);
  }

  /** What a file holds, links followed; nothing where there is none. */
  private static String text(String path, Insides machine) {
    try {
      return machine.files().behind(path).kind() == Kind.FILE
          ? machine.files().behind(path).text(machine.now())
          : "";
    } catch (NoSuchFile e) {
      return "";
    }
  }
}
