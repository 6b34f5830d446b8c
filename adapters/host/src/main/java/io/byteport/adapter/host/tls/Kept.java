package io.byteport.adapter.host.tls;

import io.byteport.adapter.host.machine.Command;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.engine.spi.ActionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps a certificate, by the manager's own configuration beside it: certbot has {@code
 * renewal/NAME.conf} for {@code live/NAME/}, acme.sh a file with {@code Le_Domain} in the
 * directory.
 */
record Kept(@Nullable CertificateManager manager, @Nullable String lineage) {
  private static final Pattern CERTBOT = Pattern.compile("(/.*)?/live/([^/]+)/[^/]+");
  private static final Script LE_DOMAIN =
      new Script(
          "acme-domain",
          "sed -n \"s/^Le_Domain='\\(.*\\)'\\$/\\1/p\" \"$1\"*.conf 2>/dev/null | head -n 1");

  static Kept of(Visit visit, CertificateFile file) throws ActionException, InterruptedException {
    Matcher certbot = CERTBOT.matcher(file.path());
    if (certbot.matches()) {
      String prefix = certbot.group(1) == null ? "" : certbot.group(1);
      String name = certbot.group(2);
      Finished test = visit.run(Command.of("test", "-f", prefix + "/renewal/" + name + ".conf"));
      if (test.succeeded()) {
        return new Kept(CertificateManager.CERTBOT, name);
      }
    }
    String domain = visit.script(LE_DOMAIN, file.folder()).stdout().text().strip();
    return domain.isEmpty() ? new Kept(null, null) : new Kept(CertificateManager.ACME_SH, domain);
  }
}
