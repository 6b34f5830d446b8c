package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Call.What;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cloud.renewCertificate}: asks AWS to renew a certificate that it manages, now. */
public record RenewCertificate(AwsAccounts accounts)
    implements Action.Change<RenewCertificate.Input, RenewCertificate.Output> {

  /** What {@code cloud.renewCertificate} takes. */
  public record Input(String arn, @Nullable String connection) {}

  /** What {@code cloud.renewCertificate} returns. */
  public record Output(String domain) {}

  @Override
  public String name() {
    return "cloud.renewCertificate";
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
    return List.of("aws", "acm", "renew-certificate", "--certificate-arn", input.arn());
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Certificate now = read(input, context);
    if (!now.eligible()) {
      throw ActionException.refused(
          FailureKind.REFUSED,
          "AWS does not renew "
              + now.domain()
              + " by itself ("
              + now.type()
              + ", "
              + now.status()
              + ")");
    }
    return StructValue.EMPTY
        .with("since", Value.of(context.clock().instant()))
        .with("domain", Value.of(now.domain()))
        .with("notAfter", now.notAfter() == null ? Value.NULL : Value.of(now.notAfter()));
  }

  private Certificate read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return Certificate.read(accounts.named(input.connection()), input.arn(), Deadline.of(context));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    AwsAccount aws = accounts.named(input.connection());
    aws.certificates(
        aws.region(Certificate.region(input.arn())),
        "RenewCertificate",
        What.WRITE,
        Map.of("CertificateArn", input.arn()),
        Deadline.of(context));
    String domain = memo.get("domain") instanceof Value.TextValue text ? text.value() : input.arn();
    return new Changed<>(new Output(domain), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Certificate now = read(input, context);
    Instant since =
        memo.get("since") instanceof InstantValue instant ? instant.value() : Instant.MAX;
    boolean touched = now.renewalUpdatedAt() != null && !now.renewalUpdatedAt().isBefore(since);
    return isNewer(now, memo) || touched ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
  }

  private static boolean isNewer(Certificate now, StructValue memo) {
    return now.notAfter() != null
        && memo.get("notAfter") instanceof InstantValue before
        && now.notAfter().isAfter(before.value());
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Certificate now = read(input, context);
    if ("FAILED".equals(now.renewal())) {
      throw ActionException.refused(
          FailureKind.REFUSED,
          "the renewal of " + now.domain() + " failed: " + String.valueOf(now.renewalReason()));
    }
    return isNewer(now, memo);
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
