package io.byteport.adapter.host.tls;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Command;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.MachineFiles;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code host.findCertificate}: the certificate file that covers a domain and expires last, its
 * key, and who manages the two. Only certificates leave the machine: which key belongs to one is
 * found over there, by its public half.
 */
public final class FindCertificate {
  /** Prints each file's name and its certificates, and NUL after both. */
  private static final Script CERTIFICATES =
      new Script(
          "certificates",
          """
          for root; do
            [ -d "$root" ] || continue
            find -L "$root" -maxdepth 6 -type f -size -512k \\
              \\( -name '*.pem' -o -name '*.crt' -o -name '*.cer' -o -name '*.cert' \\) \\
              -exec grep -lZe '-----BEGIN CERTIFICATE-----' {} + 2>/dev/null
          done | head -zn 2000 | sort -zu | xargs -0r sh -c '
            for file; do
              printf "%s\\0" "$file"
              sed -n "/-----BEGIN CERTIFICATE-----/,/-----END CERTIFICATE-----/p" "$file"
              printf "\\0"
            done' byteport
          """);

  /** Prints the name of the first file that holds the private half of the public key on stdin. */
  private static final Script KEY =
      new Script(
          "key",
          """
          wanted=$(grep -v '^--' | tr -d '\\n')
          folder=$1; shift
          for file in "$folder"*; do
            [ -f "$file" ] && set -- "$@" "$file"
          done
          for file; do
            grep -qe 'PRIVATE KEY-----' "$file" 2>/dev/null || continue
            public=$(openssl pkey -in "$file" -passin pass: -pubout 2>/dev/null | grep -v '^--' | tr -d '\\n')
            [ "$public" = "$wanted" ] && { printf '%s' "$file"; exit 0; }
          done
          exit 0
          """);

  private FindCertificate() {}

  record Input(Host host, String domain, List<String> roots) implements OnHost {}

  /**
   * @param paths certificate, key, what else of the same chain stands beside them, and copies
   *     elsewhere
   * @param lineage the name by which the manager knows it
   */
  record Output(
      String cert,
      @Nullable String key,
      List<String> paths,
      Instant notAfter,
      String serial,
      @Nullable CertificateManager manager,
      @Nullable String lineage) {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.findCertificate",
        Input.class,
        Output.class,
        machines,
        input ->
            Shown.shell(
                "find -L "
                    + Shown.words(input.roots())
                    + " -type f \\( -name '*.pem' -o -name '*.crt' -o -name '*.cer' \\) -exec"
                    + " openssl x509 -in {} -noout -subject -ext subjectAltName -enddate \\;"),
        FindCertificate::look);
  }

  private static @Nullable Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    for (String root : input.roots()) {
      if (MachineFiles.absolute(root).contains("..")) {
        throw ActionException.refused(
            FailureKind.INVALID, "expected a root without `..`, found `" + root + "`");
      }
    }
    List<CertificateFile> all = files(visit.script(CERTIFICATES, input.roots()));
    Optional<CertificateFile> best = best(all, input.domain());
    if (best.isEmpty()) {
      return null;
    }
    CertificateFile file = best.get();
    @Nullable String key = key(visit, file);
    Kept kept = Kept.of(visit, file);
    return new Output(
        file.path(),
        key,
        beside(all, file, key),
        file.own().getNotAfter().toInstant(),
        Certificates.serial(file.own()),
        kept.manager(),
        kept.lineage());
  }

  static List<CertificateFile> files(Finished finished) {
    List<String> parts = Visit.nulSeparated(finished.stdout());
    List<CertificateFile> files = new ArrayList<>();
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      List<X509Certificate> certificates =
          Certificates.read(parts.get(i + 1).getBytes(StandardCharsets.UTF_8));
      if (!certificates.isEmpty() && parts.get(i).chars().noneMatch(Character::isISOControl)) {
        files.add(new CertificateFile(parts.get(i), certificates));
      }
    }
    return files;
  }

  /** Of those that expire last the one with most of the chain. */
  static Optional<CertificateFile> best(List<CertificateFile> all, String domain) {
    return all.stream()
        .filter(file -> !Certificates.isAuthority(file.own()))
        .filter(file -> Certificates.covers(file.own(), domain))
        .max(
            Comparator.comparing((CertificateFile file) -> file.own().getNotAfter().toInstant())
                .thenComparing(file -> isManaged(file) ? 1 : 0)
                .thenComparing(file -> file.certificates().size())
                .thenComparing(CertificateFile::path, Comparator.reverseOrder()));
  }

  /** Of certbot's directories, the one that programs are told is `live`. */
  private static boolean isManaged(CertificateFile file) {
    return file.path().contains("/live/");
  }

  private static @Nullable String key(Visit visit, CertificateFile file)
      throws ActionException, InterruptedException {
    byte[] wanted = Base64.getEncoder().encode(file.own().getPublicKey().getEncoded());
    String folder = file.folder();
    String siblings = folder.replaceFirst("/certs/$", "/private/");
    List<String> arguments = new ArrayList<>(List.of(folder));
    if (!siblings.equals(folder)) {
      String name = file.path().substring(folder.length());
      String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
      arguments.add(siblings + stem + ".key");
      arguments.add(siblings + stem + ".pem");
    }
    String found =
        visit.run(Command.script(KEY, arguments).withStdin(wanted)).orFail().stdout().text();
    return found.isEmpty() ? null : found;
  }

  private static List<String> beside(
      List<CertificateFile> all, CertificateFile file, @Nullable String key) {
    Set<String> paths = new LinkedHashSet<>(List.of(file.path()));
    if (key != null) {
      paths.add(key);
    }
    all.stream()
        .filter(
            other ->
                other.folder().equals(file.folder())
                    ? isOfSameChain(other, file)
                    : isCopy(other, file))
        .map(CertificateFile::path)
        .forEach(paths::add);
    return List.copyOf(paths);
  }

  /** A server's own copy. What lies in certbot's `archive` is what the links in `live` lead to. */
  private static boolean isCopy(CertificateFile other, CertificateFile file) {
    return other.own().equals(file.own()) && !other.path().contains("/archive/");
  }

  private static boolean isOfSameChain(CertificateFile other, CertificateFile file) {
    return other.own().equals(file.own())
        || other.own().getSubjectX500Principal().equals(file.own().getIssuerX500Principal());
  }
}
