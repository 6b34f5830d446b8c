package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cloud.certificate}: a certificate that AWS manages. */
public record ReadCertificate(AwsAccounts accounts)
    implements Action.Read<ReadCertificate.Input, Certificate> {

  /** What {@code cloud.certificate} takes. */
  public record Input(String arn, @Nullable String connection) {}

  @Override
  public String name() {
    return "cloud.certificate";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Certificate> outputType() {
    return Certificate.class;
  }

  @Override
  public List<String> command(Input input) {
    return List.of("aws", "acm", "describe-certificate", "--certificate-arn", input.arn());
  }

  @Override
  public Certificate read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return Certificate.read(accounts.named(input.connection()), input.arn(), Deadline.of(context));
  }
}
