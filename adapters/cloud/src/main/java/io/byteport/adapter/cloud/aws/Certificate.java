package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Call.What;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Words;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of AWS Certificate Manager.
 *
 * @param status such as {@code ISSUED}
 * @param renewal such as {@code PENDING_VALIDATION}; null before the first renewal is due
 * @param renewalReason why a renewal failed
 * @param inUse whether something serves it
 */
public record Certificate(
    String arn,
    String domain,
    List<String> names,
    String status,
    String type,
    boolean eligible,
    @Nullable String renewal,
    @Nullable String renewalReason,
    @Nullable Instant renewalUpdatedAt,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter,
    boolean inUse) {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]{0,12}:acm:([a-z]{2}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}):[0-9]{12}:certificate/[0-9a-f-]{36}");

  public Certificate {
    names = List.copyOf(names);
  }

  /** The region that an ARN names. */
  static String region(String arn) throws ActionException {
    Matcher matcher = ARN.matcher(arn.length() <= 200 ? arn : "");
    if (!matcher.matches()) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "expected the ARN of a certificate, found `"
              + Words.plain(arn.length() > 80 ? arn.substring(0, 80) + "…" : arn)
              + "`");
    }
    return matcher.group(1);
  }

  static Certificate read(AwsAccount aws, String arn, Deadline deadline)
      throws ActionException, InterruptedException {
    Json certificate =
        aws.certificates(
                aws.region(region(arn)),
                "DescribeCertificate",
                What.READ,
                Map.of("CertificateArn", arn),
                deadline)
            .at("Certificate");
    Json renewal = certificate.at("RenewalSummary");
    return new Certificate(
        certificate.needed("CertificateArn"),
        certificate.needed("DomainName"),
        certificate.at("SubjectAlternativeNames").items().stream()
            .map(name -> String.valueOf(name.text()))
            .toList(),
        certificate.needed("Status"),
        certificate.needed("Type"),
        "ELIGIBLE".equals(certificate.text("RenewalEligibility")),
        renewal.text("RenewalStatus"),
        renewal.text("RenewalStatusReason"),
        seconds(renewal, "UpdatedAt"),
        seconds(certificate, "NotBefore"),
        seconds(certificate, "NotAfter"),
        !certificate.at("InUseBy").items().isEmpty());
  }

  /** Instants are seconds since 1970, with fractions. */
  private static @Nullable Instant seconds(Json within, String name) {
    Double value = within.number(name);
    return value == null ? null : Instant.ofEpochMilli(Math.round(value * 1000));
  }
}
