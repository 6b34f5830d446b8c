package io.byteport.adapter.host.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A file with certificates.
 *
 * @param path as it was found, links not followed
 * @param certificates in the order of the file; never empty
 */
public record CertificateFile(String path, List<X509Certificate> certificates) {
  public CertificateFile {
    certificates = List.copyOf(certificates);
  }

  /** The first, which is a server's own where the file has a chain. */
  public X509Certificate own() {
    return certificates.getFirst();
  }

  /** The directory with the slash at its end. */
  String folder() {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }
}
