package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Call.What;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code cloud.requestCertificate}: asks AWS for a new certificate, validated by DNS. */
public record RequestCertificate(AwsAccounts accounts)
    implements Action.Change<RequestCertificate.Input, RequestCertificate.Output> {
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Shape DOMAIN =
      Shape.of(
          "a domain",
          "(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}",
          "api.example.com");

  /** What {@code cloud.requestCertificate} takes. */
  public record Input(
      String domain,
      @Nullable List<String> names,
      @Nullable String region,
      @Nullable String connection) {}

  /** What {@code cloud.requestCertificate} returns. */
  public record Output(@Nullable String arn) {}

  @Override
  public String name() {
    return "cloud.requestCertificate";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return List.of(
        "aws",
        "acm",
        "request-certificate",
        "--domain-name",
        input.domain(),
        "--validation-method",
        "DNS");
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    check(input);
    list(input, Deadline.of(context));
    return StructValue.EMPTY.with("since", Value.of(context.clock().instant()));
  }

  private static void check(Input input) throws ActionException {
    DOMAIN.check(input.domain());
    for (String name : names(input)) {
      DOMAIN.check(name);
    }
  }

  private static List<String> names(Input input) {
    return input.names() == null ? List.of() : input.names();
  }

  /** The certificates for that domain. */
  private List<Json> list(Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    AwsAccount aws = accounts.named(input.connection());
    Json answer =
        aws.certificates(
            aws.region(input.region()),
            "ListCertificates",
            What.READ,
            Map.of(
                "CertificateStatuses",
                List.of("PENDING_VALIDATION", "ISSUED", "FAILED"),
                "SortBy",
                "CREATED_AT",
                "SortOrder",
                "DESCENDING",
                "MaxItems",
                1000),
            deadline);
    return answer.at("CertificateSummaryList").items().stream()
        .filter(one -> input.domain().equals(one.text("DomainName")))
        .toList();
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    check(input);
    AwsAccount aws = accounts.named(input.connection());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("DomainName", input.domain());
    body.put("ValidationMethod", "DNS");
    body.put("IdempotencyToken", token(context.intent()));
    if (!names(input).isEmpty()) {
      body.put("SubjectAlternativeNames", names(input));
    }
    Json answer =
        aws.certificates(
            aws.region(input.region()),
            "RequestCertificate",
            What.WRITE_WITH_TOKEN,
            body,
            Deadline.of(context));
    return new Changed<>(new Output(answer.text("CertificateArn")), true);
  }

  /** At most 32 letters and digits; the same for the same intent. */
  static String token(String intent) {
    return UUID.nameUUIDFromBytes(intent.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  /** Those of the domain that were made after the intent. */
  private List<Json> ours(Input input, StructValue memo, Deadline deadline)
      throws ActionException, InterruptedException {
    Instant since =
        memo.get("since") instanceof InstantValue instant ? instant.value() : Instant.MAX;
    return list(input, deadline).stream()
        .filter(one -> one.whole(0, "CreatedAt") >= since.minus(SKEW).getEpochSecond())
        .toList();
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return ours(input, memo, Deadline.of(context)).isEmpty() ? Probe.NOT_DONE : Probe.TOOK_EFFECT;
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    List<Json> ours = ours(input, memo, Deadline.of(context));
    if (ours.stream().anyMatch(one -> "FAILED".equals(one.text("Status")))) {
      throw ActionException.refused(
          FailureKind.REFUSED, "AWS could not validate " + input.domain());
    }
    return ours.stream().anyMatch(one -> "ISSUED".equals(one.text("Status")));
  }

  @Override
  public Duration settlesWithin(Input input) {
    return Duration.ofMinutes(30);
  }

  @Override
  public boolean repeatable() {
    return true;
  }
}
