package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Certificate;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.ConditionStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A cert-manager Certificate of the API as the catalogue's. Pure. */
public final class CertificateMapper {

  private CertificateMapper() {}

  public static Certificate map(GenericKubernetesResource object, @Nullable Cluster cluster) {
    ObjectView view = new ObjectView(object);
    return new Certificate(
        cluster,
        "Certificate",
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        view.text("spec", "secretName").orElse(""),
        view.conditions().stream()
            .anyMatch(one -> one.type().equals("Ready") && one.status() == ConditionStatus.TRUE),
        view.number("status", "revision").orElse(0),
        view.text("status", "notAfter").map(Times::parse).orElse(null));
  }

  /** Whether it is for a domain, and then how well: 2 by name, 1 by a wildcard, 0 not at all. */
  public static int covers(GenericKubernetesResource object, String domain) {
    String wanted = domain.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    String wildcard = dot < 0 ? wanted : "*" + wanted.substring(dot);
    int best = 0;
    for (String name : new ObjectView(object).texts("spec", "dnsNames")) {
      String one = name.toLowerCase(Locale.ROOT);
      if (one.equals(wanted)) {
        best = 2;
      } else if (one.equals(wildcard)) {
        best = Math.max(best, 1);
      }
    }
    return best;
  }
}
