package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Authority;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that the machine has been given: variables, a web identity, a container's and an
 * instance's metadata (version 2 with a session only).
 */
final class MachineKeys {
  private static final Duration NEAR = Duration.ofSeconds(2);
  private static final String CONTAINER = "http://169.254.170.2";
  private static final Set<String> CONTAINER_HOSTS =
      Set.of(
          "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "127.0.0.1", "[::1]");

  private final Machine machine;
  private final Transport transport;

  MachineKeys(Machine machine, Transport transport) {
    this.machine = machine;
    this.transport = transport;
  }

  /** AWS_ACCESS_KEY_ID and its companions. */
  Optional<AwsKeys> environment() {
    String id = machine.variable("AWS_ACCESS_KEY_ID");
    String secret = machine.variable("AWS_SECRET_ACCESS_KEY");
    return id.isEmpty() || secret.isEmpty()
        ? Optional.empty()
        : Optional.of(AwsKeys.lasting(id, secret, machine.variable("AWS_SESSION_TOKEN")));
  }

  /** AssumeRoleWithWebIdentity, with the token of AWS_WEB_IDENTITY_TOKEN_FILE. */
  Optional<AwsKeys> webIdentity(Address sts, Deadline deadline)
      throws ActionException, InterruptedException {
    String role = machine.variable("AWS_ROLE_ARN");
    String file = machine.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
    if (role.isEmpty() || file.isEmpty()) {
      return Optional.empty();
    }
    Form form =
        Form.of("AssumeRoleWithWebIdentity", "2011-06-15")
            .with("RoleArn", role)
            .with("RoleSessionName", "byteport")
            .with("WebIdentityToken", content(file));
    Call call = Call.ask(sts, Form.TYPE, form.text());
    Xml answer =
        Xml.of(transport.send(call, Authority.NONE, new AwsDialect(), deadline))
            .at("AssumeRoleWithWebIdentityResult", "Credentials");
    return Optional.of(AwsKeys.of(answer));
  }

  /** The endpoint that AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI names. */
  Optional<AwsKeys> container(Deadline deadline) throws ActionException, InterruptedException {
    String relative = machine.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    String full = machine.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (relative.isEmpty() && full.isEmpty()) {
      return Optional.empty();
    }
    URI uri = URI.create(relative.isEmpty() ? full : CONTAINER + relative);
    boolean known = uri.getHost() != null && CONTAINER_HOSTS.contains(uri.getHost());
    if (!known && !"https".equals(uri.getScheme())) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "AWS_CONTAINER_CREDENTIALS_FULL_URI leads to " + uri.getHost() + " without TLS");
    }
    Address address = new Address(uri.toString(), "", "");
    String tokenFile = machine.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
    String token =
        tokenFile.isEmpty()
            ? machine.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
            : content(tokenFile);
    Authority authority =
        (call, time) ->
            token.isEmpty() ? java.util.Map.of() : java.util.Map.of("Authorization", token);
    Api api = new Api(transport, address, authority, Dialect.SILENT);
    return Optional.of(keys(api.get(address, deadline)));
  }

  /** The role of the instance, where there is one. */
  Optional<AwsKeys> instance(Deadline deadline) throws ActionException, InterruptedException {
    if (machine.variable("AWS_EC2_METADATA_DISABLED").equalsIgnoreCase("true")) {
      return Optional.empty();
    }
    String endpoint = machine.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT");
    Address service = Address.of(endpoint.isEmpty() ? "http://169.254.169.254" : endpoint);
    Deadline soon = deadline.atMost(NEAR);
    String session;
    try {
      session =
          transport
              .send(
                  Call.write("PUT", service.at("latest", "api", "token"))
                      .header("X-aws-ec2-metadata-token-ttl-seconds", "21600"),
                  Authority.NONE,
                  Dialect.SILENT,
                  soon)
              .text();
    } catch (ActionException noMetadata) {
      return Optional.empty();
    }
    Api api =
        new Api(
            transport,
            service,
            (call, time) -> java.util.Map.of("X-aws-ec2-metadata-token", session),
            Dialect.SILENT);
    Address roles = service.at("latest", "meta-data", "iam", "security-credentials");
    try {
      List<String> names = api.send(Call.get(roles.folder()), soon).text().lines().toList();
      return names.isEmpty()
          ? Optional.empty()
          : Optional.of(keys(api.get(roles.at(names.get(0).strip()), deadline)));
    } catch (ActionException failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static AwsKeys keys(Json answer) throws ActionException {
    return new AwsKeys(
        answer.needed("AccessKeyId"),
        answer.needed("SecretAccessKey"),
        answer.needed("Token"),
        answer.instantNeeded("Expiration"));
  }

  private static String content(String file) throws ActionException {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw new ActionException(
          FailureKind.FORBIDDEN,
          ActionException.Effect.NONE,
          "cannot read " + file + ": " + unreadable.getMessage(),
          unreadable);
    }
  }
}
